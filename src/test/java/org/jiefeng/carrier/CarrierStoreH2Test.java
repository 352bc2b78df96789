package org.jiefeng.carrier;

class CarrierStoreH2Test extends CarrierStoreContract {

    @Override
    CarrierDesk open() {
        return CarrierDesk.onH2();
    }
}
