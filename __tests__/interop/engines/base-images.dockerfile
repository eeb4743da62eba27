# Stand-ins for the images that Dockerfiles name, made of Debian's packages and of what npm and PyPI have, so that the
# interop tests pull nothing. Debian's Python is newer than the tags say.
FROM interop/debian AS python
RUN rm -f /usr/lib/python3*/EXTERNALLY-MANAGED && ln -s python3 /usr/bin/python
ENV PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1
CMD ["python3"]

FROM python AS uv-binary
COPY wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels uv

FROM scratch AS uv
COPY --from=uv-binary /usr/local/bin/uv /usr/local/bin/uvx /

FROM python AS uv-python
COPY --from=uv-binary /usr/local/bin/uv /usr/local/bin/uvx /usr/local/bin/

FROM interop/debian AS node
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
    && useradd --create-home --uid 1000 node
CMD ["node"]

FROM interop/debian AS bun
COPY bun /usr/local/bin/bun
RUN useradd --create-home --uid 1000 bun
WORKDIR /home/bun/app
CMD ["bun"]

FROM interop/debian AS deno
COPY deno /usr/local/bin/deno
RUN useradd --create-home --uid 1000 deno
CMD ["deno", "eval", "console.log('Welcome to Deno!')"]
