# docker build -t refract-ledger .
# docker run -d --name refract-ledger --restart on-failure:5 -e DISCORD_TOKEN_FILE=/run/token \
#     -v refract-ledger:/data -v "$PWD/config.toml:/data/config.toml:ro" -v "$PWD/token:/run/token:ro" \
#     refract-ledger

FROM rust:1.94-slim-bookworm AS build
# SQLite and zstd are built from source.
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY .sqlx .sqlx
COPY migrations migrations
COPY assets assets
COPY benches benches
COPY crates crates
COPY src src
# The queries are checked against .sqlx: no database is needed. Without its default features the program
# has no `demo`, and nothing of the Discord that the demo runs against.
RUN SQLX_OFFLINE=true cargo build --release --locked --package refract-ledger --no-default-features

FROM debian:bookworm-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin ledger \
    && install -d -o ledger -g ledger -m 700 /data
COPY --from=build /build/target/release/refract-ledger /usr/local/bin/refract-ledger
USER ledger
WORKDIR /data
VOLUME /data
ENTRYPOINT ["refract-ledger"]
CMD ["run"]
