package org.jiefeng.carrier;

class CarrierStorePostgresTest extends CarrierStoreContract {

    @Override
    CarrierDesk open() {
        return CarrierDesk.onPostgres();
    }
}
