//! The socket: frames both ways, until one side has enough.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures::SinkExt;
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::discord::Discord;
use crate::dispatch::Outgoing;

/// How many frames are written to a socket before it is flushed.
const BATCH: usize = 256;
/// How long a goodbye is waited for.
const GOODBYE: Duration = Duration::from_secs(1);

/// Takes a connection at the address that `GET /gateway` answers.
pub(crate) async fn connect(
    State(discord): State<Arc<Discord>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| serve(discord, socket))
}

async fn serve(discord: Arc<Discord>, mut socket: WebSocket) {
    let (id, outgoing) = discord.with(|world| {
        let (id, outgoing) = world.connections.open();
        if !world.faults.no_hello {
            let interval = world.options.heartbeat.as_millis();
            let hello = json!({"t": null, "s": null, "op": 10,
                "d": {"heartbeat_interval": interval, "_trace": ["[\"sandbox\"]"]}});
            world.connections.send(id, &hello);
        }
        if let Some(code) = world.faults.turns_away {
            world.connections.close(id, code, "Come back later.");
        }
        (id, outgoing)
    });
    talk(&discord, id, &mut socket, outgoing).await;
    discord.with(|world| world.connections.closed(id));
}

/// Passes frames both ways until one side has enough.
async fn talk(
    discord: &Discord,
    id: u64,
    socket: &mut WebSocket,
    mut outgoing: UnboundedReceiver<Outgoing>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            count = outgoing.recv_many(&mut batch, BATCH) => {
                if count == 0 || !write(socket, &mut batch).await {
                    return;
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    discord.with(|world| world.hear(id, &text));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Binary(_))) => {
                    discord.with(|world| world.connections.close(id, 4002, "Decode error"));
                }
                _ => return,
            },
        }
    }
}

/// Writes what waits; false when the connection is over.
async fn write(socket: &mut WebSocket, batch: &mut Vec<Outgoing>) -> bool {
    for next in batch.drain(..) {
        let frame = match next {
            Outgoing::Frame(text) => Message::Text(text),
            Outgoing::Packed(bytes) => Message::Binary(bytes.into()),
            Outgoing::Cut => return false,
            Outgoing::Close(reason) => {
                let reason =
                    reason.map(|(code, reason)| CloseFrame { code, reason: reason.into() });
                let _ = socket.send(Message::Close(reason)).await;
                // Discord closes once the other side has said goodbye, too.
                let goodbye = async { while let Some(Ok(_)) = socket.recv().await {} };
                let _ = tokio::time::timeout(GOODBYE, goodbye).await;
                return false;
            }
        };
        if socket.feed(frame).await.is_err() {
            return false;
        }
    }
    socket.flush().await.is_ok()
}
