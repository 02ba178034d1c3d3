//! A client without a library, to see what really comes over the wire.

use discord_sandbox::Sandbox;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::world::SOON;

/// The intents that the bot asks for: guilds, messages, reactions, content.
pub(super) const INTENTS: u64 = 1 | 1 << 9 | 1 << 10 | 1 << 15;

/// A connection to the gateway.
pub(super) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects and takes HELLO.
    pub(super) async fn open(sandbox: &Sandbox) -> Self {
        let (stream, _) = connect_async(format!("{}/?v=10", sandbox.gateway_url())).await.unwrap();
        let mut socket = Self(stream);
        assert_eq!(socket.next().await["op"], 10);
        socket
    }

    /// Connects, identifies and takes READY, whose data is given back.
    pub(super) async fn ready(sandbox: &Sandbox, intents: u64) -> (Self, Value) {
        let mut socket = Self::open(sandbox).await;
        socket.identify(&sandbox.token(), intents).await;
        let ready = socket.event("READY").await;
        (socket, ready)
    }

    pub(super) async fn identify(&mut self, token: &str, intents: u64) {
        let data = json!({"token": token, "intents": intents, "properties": {}});
        self.say(json!({"op": 2, "d": data})).await;
    }

    pub(super) async fn say(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    async fn message(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(SOON, self.0.next()).await.expect("nothing comes");
        next.and_then(Result::ok)
    }

    /// The next frame.
    pub(super) async fn next(&mut self) -> Value {
        match self.message().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).unwrap(),
            other => panic!("no frame but {other:?}"),
        }
    }

    /// The data of the next event with this name; others are passed over.
    pub(super) async fn event(&mut self, name: &str) -> Value {
        loop {
            let frame = self.next().await;
            if frame["t"] == name {
                return frame["d"].clone();
            }
        }
    }

    /// How the connection ends.
    pub(super) async fn closing(&mut self) -> Option<CloseFrame> {
        loop {
            match self.message().await {
                Some(Message::Close(frame)) => return frame,
                Some(_) => {}
                None => return None,
            }
        }
    }

    /// The code with which the connection ends.
    pub(super) async fn close_code(&mut self) -> u16 {
        self.closing().await.expect("no close frame").code.into()
    }
}

/// Requests with the bot's token.
pub(super) struct Http {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Http {
    pub(super) fn new(sandbox: &Sandbox) -> Self {
        let base = format!("{}/api/v10", sandbox.api_url());
        let token = format!("Bot {}", sandbox.token());
        Self { client: reqwest::Client::new(), base, token }
    }

    /// The status and the JSON of the answer; no body at all is `null`.
    pub(super) async fn ask(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let response = self.send(method, path, body).await;
        let status = response.status().as_u16();
        (status, serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default())
    }

    pub(super) async fn get(&self, path: &str) -> (u16, Value) {
        self.ask("GET", path, Value::Null).await
    }

    pub(super) async fn send(&self, method: &str, path: &str, body: Value) -> reqwest::Response {
        let url = format!("{}{path}", self.base);
        let request = self.client.request(method.parse().unwrap(), url);
        let request = request.header("authorization", &self.token);
        let request = if body.is_null() { request } else { request.json(&body) };
        request.send().await.unwrap()
    }
}
