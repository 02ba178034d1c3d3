# docker build -t refract-ledger .      and then compose.yaml, or docs/running.md

FROM rust:1.95-slim-bookworm AS build
# SQLite and zstd are built from source; the licences are collected by a script.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY .ci/notices .ci/notices
COPY .sqlx .sqlx
COPY migrations migrations
COPY assets assets
COPY benches benches
COPY crates crates
COPY src src
# The queries are checked against .sqlx: no database is needed. Without its default features the program
# has no `demo`, and nothing of the Discord that the demo runs against.
RUN SQLX_OFFLINE=true cargo build --profile dist --locked --package refract-ledger --no-default-features \
    && strip --strip-all target/dist/refract-ledger \
    && .ci/notices "$(rustc --print host-tuple)" --no-default-features >THIRD-PARTY.txt

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="refract-ledger" \
    org.opencontainers.image.description="Turns Refract's checkout webhooks in Discord into an order ledger." \
    org.opencontainers.image.licenses="MIT OR Apache-2.0"
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin ledger \
    && install -d -o ledger -g ledger -m 700 /data
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/refract-ledger/
COPY assets/fonts/LICENSE-Roboto /usr/share/doc/refract-ledger/
COPY --from=build /build/THIRD-PARTY.txt /usr/share/doc/refract-ledger/
COPY --from=build /build/target/dist/refract-ledger /usr/local/bin/refract-ledger
# What is needed for a moment can be as large as the database or as a file that is imported: it belongs on the volume.
ENV TMPDIR=/data HEARTBEAT_FILE=/tmp/refract-ledger.alive
USER 10001:10001
WORKDIR /data
VOLUME /data
# The bot renews the file while neither its writer nor its connection to Discord hangs.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=2 \
    CMD ["sh", "-c", "find \"$HEARTBEAT_FILE\" -mmin -1 | grep -q ."]
ENTRYPOINT ["refract-ledger"]
CMD ["run"]
