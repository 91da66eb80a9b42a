package io.rivulet.connector.builtin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values count towards the byte limit of an ingest: about what they take in columns. */
final class RowBytes {
    private static final int FIXED = 8;
    private static final int WIDE = 16;
    private static final int OFFSET = 4;

    private RowBytes() {}

    static long of(List<? extends @Nullable Object> values) {
        long bytes = 0;
        for (Object value : values) {
            bytes += of(value);
        }
        return bytes;
    }

    private static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return OFFSET + utf8(text);
        }
        if (value instanceof byte[] binary) {
            return OFFSET + (long) binary.length;
        }
        if (value instanceof List<?> list) {
            return OFFSET + of(list);
        }
        if (value instanceof Map<?, ?> map) {
            long bytes = OFFSET;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                bytes += of(entry.getKey()) + of(entry.getValue());
            }
            return bytes;
        }
        return value instanceof java.math.BigDecimal ? WIDE : FIXED;
    }

    private static long utf8(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
