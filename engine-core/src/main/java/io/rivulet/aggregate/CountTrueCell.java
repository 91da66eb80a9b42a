package io.rivulet.aggregate;

import io.rivulet.state.TableBucket;
import io.rivulet.vector.BooleanVector;

/** How many conditions were true. */
final class CountTrueCell extends CountCell {
    CountTrueCell(String name) {
        super(name);
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int[] groups = input.groups;
        int count = input.count;
        boolean[] conditions = ((BooleanVector) ValueArrays.required(input)).values();
        int[] rows = input.rows;
        for (int i = 0; i < count; i++) {
            words[groups[i] * stride + offset] += conditions[at(rows, i)] ? 1 : 0;
        }
    }
}
