FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data TSX_DISABLE_CACHE=1

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

COPY LICENSE tsconfig.json ./
COPY data ./data
COPY locales ./locales
COPY prompts ./prompts
COPY adapters ./adapters
COPY src ./src

# The only place that the service writes to.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000

HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

CMD ["node", "--max-semi-space-size=2", "--v8-pool-size=1", "--max-heap-size=256", "--import", "tsx", "src/main.ts"]
