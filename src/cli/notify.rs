//! Tells systemd how the bot is, where systemd has started it (`Type=notify`).

use std::time::Duration;

/// The bot runs. From now on, systemd is told every so often that it still does, if it asked for that.
pub(super) fn ready() {
    tell("READY=1");
    let asked = std::env::var("WATCHDOG_USEC").ok().and_then(|usec| usec.parse::<u64>().ok());
    let Some(patience) = asked.filter(|usec| *usec > 0).map(Duration::from_micros) else { return };
    tokio::spawn(async move {
        let mut interval = tokio::time::interval(patience / 3);
        loop {
            interval.tick().await;
            tell("WATCHDOG=1");
        }
    });
}

/// The bot is about to end.
pub(super) fn stopping() {
    tell("STOPPING=1");
}

#[cfg(target_os = "linux")]
fn tell(state: &str) {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};

    let Some(path) = std::env::var("NOTIFY_SOCKET").ok().filter(|path| !path.is_empty()) else {
        return;
    };
    let address = match path.strip_prefix('@') {
        Some(name) => SocketAddr::from_abstract_name(name),
        None => SocketAddr::from_pathname(&path),
    };
    let told = address
        .and_then(|address| UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address));
    if let Err(error) = told {
        tracing::warn!("could not tell systemd {state}: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
fn tell(_state: &str) {}
