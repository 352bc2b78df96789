package org.jiefeng.calling;

/** The same on PostgreSQL. */
class CallCheckPostgresTest extends CallCheckTest {

    @Override
    Dialler open() {
        return Dialler.onPostgres();
    }
}
