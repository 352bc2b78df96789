/** What people see: the application in a real browser, each step by the person it belongs to. */
package org.jiefeng.browser;
