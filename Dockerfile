# Stage 1 bundles the program; stage 2 carries the bundle, git and nothing else.
FROM node:22.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=optional --ignore-scripts
COPY tools ./tools
COPY src ./src
RUN npm run build

FROM node:22.20-bookworm-slim
LABEL org.opencontainers.image.title="goplumber" \
      org.opencontainers.image.description="Finds goroutine leaks in Go code and in pull requests, with verified fixes" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="https://github.com/goplumber/goplumber" \
      org.opencontainers.image.documentation="https://github.com/goplumber/goplumber/blob/main/docs/operations.md"
# git is what `check --base` reads a checkout with; its version is that of the pinned base image's release.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o node -g node -m 700 /var/lib/goplumber
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    STATE_DIR=/var/lib/goplumber
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
COPY LICENSE app.yml ./
COPY docs/rules ./docs/rules
RUN ln -s /app/dist/main.js /usr/local/bin/goplumber
# By number, since a cluster that asks for non-root images cannot look names up; it is the user `node`.
USER 1000
VOLUME /var/lib/goplumber
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["goplumber", "serve"]
