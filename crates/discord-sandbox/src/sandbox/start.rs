//! How a sandbox is started.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::handle::Sandbox;
use crate::discord::Discord;
use crate::http::router;
use crate::options::Options;

impl Sandbox {
    /// How it behaves can be chosen before it starts, with [`Options::start`].
    pub fn builder() -> Options {
        Options::default()
    }

    /// Starts on a free port. Fails when there is none.
    pub async fn start() -> std::io::Result<Self> {
        Options::default().start().await
    }
}

impl Options {
    /// Starts on 127.0.0.1. Fails when the port is taken.
    pub async fn start(self) -> std::io::Result<Sandbox> {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await?;
        let address = listener.local_addr()?;
        let discord = Arc::new(Discord::new(self, address));
        let router = router(discord.clone());
        let stop = Arc::new(Notify::new());
        let stopped = stop.clone().notified_owned();
        tokio::spawn(async move {
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        });
        Ok(Sandbox { discord, stop })
    }
}
