package org.jiefeng.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Both chat platforms on one port: checks keys and signatures as they do, and answers 200 to a refusal as well. */
final class ChatPlatform implements AutoCloseable {

    static final String KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa";
    static final String TOKEN = "e9b4 +/token";
    static final String SECRET = "SEC000+secret/of=the?robot";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Deque<String> answers = new ArrayDeque<>();

    /** What stands in the chats, in order. */
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    /** What was refused, and why. */
    final List<String> refused = Collections.synchronizedList(new ArrayList<>());

    ChatPlatform() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/cgi-bin/webhook/send", exchange -> take(exchange, "WECOM"));
        server.createContext("/robot/send", exchange -> take(exchange, "DINGTALK"));
        server.createContext("/elsewhere", exchange -> {
            refused.add("followed a redirect");
            answer(exchange, 200, "{\"errcode\":0}");
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next answer, instead of what would be right: a status and a body. */
    void answerNext(int status, String body) {
        answers.add(status + " " + body);
    }

    private void take(HttpExchange exchange, String platform) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String next = answers.poll();
        if (next != null) {
            exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
            answer(exchange, Integer.parseInt(next.substring(0, 3)), next.substring(4));
            return;
        }
        Map<String, String> query = query(exchange);
        String fault = platform.equals("WECOM") ? wecomFault(query) : dingTalkFault(query);
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            fault = "content type";
        }
        if (!fault.isEmpty()) {
            refused.add(fault);
            answer(exchange, 200, "{\"errcode\":310000,\"errmsg\":\"" + fault + "\"}");
            return;
        }
        JsonNode message = JSON.readTree(body);
        if (!"text".equals(message.path("msgtype").asText())) {
            refused.add("message type");
        }
        said.add(message.path("text").path("content").asText());
        answer(exchange, 200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private static String wecomFault(Map<String, String> query) {
        return KEY.equals(query.get("key")) ? "" : "invalid webhook url";
    }

    private static String dingTalkFault(Map<String, String> query) {
        if (!TOKEN.equals(query.get("access_token"))) {
            return "token is not exist";
        }
        Instant sent = Instant.ofEpochMilli(Long.parseLong(query.get("timestamp")));
        if (Duration.between(sent, Instant.now()).abs().compareTo(Duration.ofHours(1)) > 0) {
            return "invalid timestamp";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = mac.doFinal((query.get("timestamp") + "\n" + SECRET).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(expected).equals(query.get("sign")) ? "" : "sign not match";
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] sides = pair.split("=", 2);
            query.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
