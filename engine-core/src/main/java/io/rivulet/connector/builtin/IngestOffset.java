package io.rivulet.connector.builtin;

import io.rivulet.connector.Offset;
import io.rivulet.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an ingest stands: {@code {"rows":1200,"position":77,"session":"5f0c…"}}.
 *
 * @param rows that came before, since the checkpoint was made
 * @param position of the host up to which everything came before; {@link #NO_POSITION} when the host gave none
 * @param session which buffer counted the rows: rows of another one cannot be read from this one
 */
record IngestOffset(long rows, long position, String session) {
    static final long NO_POSITION = -1;

    private static final Pattern TEXT =
            Pattern.compile("\\{\"rows\":(\\d{1,18})(?:,\"position\":(\\d{1,19}))?,\"session\":\"([0-9a-f-]*)\"}");

    static IngestOffset of(Offset offset) {
        Matcher matcher = TEXT.matcher(offset.text());
        if (!matcher.matches()) {
            throw ErrorCode.QUERY_CHANGED.error(
                    "the offset " + offset.text() + " is not one of an ingest; the checkpoint"
                            + " belongs to a query with another source in this place");
        }
        String position = matcher.group(2);
        return new IngestOffset(
                Long.parseLong(matcher.group(1)),
                position == null ? NO_POSITION : Long.parseLong(position),
                matcher.group(3));
    }

    Offset offset() {
        return new Offset("{\"rows\":" + rows + (position == NO_POSITION ? "" : ",\"position\":" + position)
                + ",\"session\":\"" + session + "\"}");
    }
}
