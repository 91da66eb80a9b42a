package io.rivulet.operator;

/** An operator that has nothing to do at the start and end of a batch but to pass them on. */
public abstract class ForwardingOperator implements Operator {
    /** The operator that takes this one's rows. */
    protected final Operator next;

    /** @param next takes this one's rows */
    protected ForwardingOperator(Operator next) {
        this.next = next;
    }

    @Override
    public void begin(BatchStart start) {
        next.begin(start);
    }

    @Override
    public void finish(BatchEnd end) {
        next.finish(end);
    }

    @Override
    public void close() {
        next.close();
    }
}
