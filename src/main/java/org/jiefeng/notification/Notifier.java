package org.jiefeng.notification;

/** A way to a reader: the mail server, or the robot of a group's chat. */
interface Notifier {

    /** @throws UndeliveredException when it cannot be said that the message was taken */
    void send(Notification notification);
}
