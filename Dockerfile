# Parley on one machine; docs/running.md says how it is run.
#   docker build -t parley .
#   docker run --init -p 5173:5173 -v parley:/data parley
FROM node:24-bookworm-slim

# For HTTPS to a language model; and what tells a process its parent's id.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates procps \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /parley

# The packages first: they change less often than the sources.
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund && npm cache clean --force

COPY . .
RUN node scripts/pinned.mjs build.mjs

# Only its data may be written.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data

ENV HOST=0.0.0.0 PORT=5173 DATA_DIR=/data WRANGLER_SEND_METRICS=false
EXPOSE 5173
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch('http://localhost:' + process.env.PORT).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Not through npm: a signal reaches the server, which saves what is being said and ends.
CMD ["node", "scripts/start.mjs"]
