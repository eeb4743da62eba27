import { expect, test } from '@jest/globals';
import { baseImage } from '../../../../emulator/runtime/docker/base-images.ts';

/** `python 3.12 slim`, or `refused`. */
function told(image: string): string {
  const found = baseImage(image);
  if ('refused' in found) return 'refused';
  const programs = found.programs.map(({ name, version }) => `${name} ${version ?? 'any'}`);
  return [...programs, ...(found.isSlim ? ['slim'] : []), ...(found.isAlpine ? ['alpine'] : [])].join(', ');
}

test.each([
  ['python:3.12-slim', 'python 3.12, slim'],
  ['python:3.12.4-slim-bookworm', 'python 3.12.4, slim'],
  ['python:3.13-alpine3.20', 'python 3.13, slim, alpine'],
  ['python:3.11', 'python 3.11'],
  ['python:3', 'python any'],
  ['python', 'python any'],
  ['python:slim', 'python any, slim'],
  ['python:latest', 'python any'],
  ['python:2.7', 'python 2.7'],
  ['docker.io/library/python:3.12-slim', 'python 3.12, slim'],
  ['public.ecr.aws/docker/library/python:3.12-slim', 'python 3.12, slim'],
  ['python:3.12-slim@sha256:0123', 'python 3.12, slim'],
  ['python@sha256:0123', 'refused'],
  ['python:3.12-windowsservercore', 'refused'],
  ['somebody/python:3.12', 'refused'],
  ['ghcr.io/somebody/node:24', 'refused'],
  ['localhost:5000/python:3.12', 'refused'],
  ['node:24-slim', 'node 24, slim'],
  ['node:22.3.0-bookworm-slim', 'node 22.3.0, slim'],
  ['node:lts-alpine', 'node any, slim, alpine'],
  ['node:current', 'node any'],
  ['node:iron-slim', 'node 20, slim'],
  ['node:jod', 'node 22'],
  ['oven/bun:1', 'bun 1, slim'],
  ['oven/bun:1.1.30-alpine', 'bun 1.1.30, slim, alpine'],
  ['oven/bun', 'bun any, slim'],
  ['oven/bun:canary', 'refused'],
  ['denoland/deno:2.1.4', 'deno 2.1.4, slim'],
  ['denoland/deno:alpine-2.1.4', 'deno 2.1.4, slim, alpine'],
  ['denoland/deno:bin-2.1.4', 'deno 2.1.4, slim'],
  ['denoland/deno:alpine', 'deno any, slim, alpine'],
  ['ghcr.io/astral-sh/uv:python3.12-bookworm-slim', 'python 3.12, uv any, slim'],
  ['ghcr.io/astral-sh/uv:0.8.3-python3.13-alpine', 'python 3.13, uv 0.8.3, slim, alpine'],
  ['ghcr.io/astral-sh/uv:latest', 'uv any, slim'],
  ['ghcr.io/astral-sh/uv:0.8', 'uv 0.8, slim'],
  ['ghcr.io/astral-sh/uv:debian-slim', 'uv any, slim'],
  ['debian:bookworm-slim', 'slim'],
  ['ubuntu:24.04', 'slim'],
  ['alpine', 'slim, alpine'],
  ['scratch', 'slim'],
  ['nvidia/cuda:12.4.1-runtime-ubuntu22.04', 'refused'],
  ['rust:1', 'refused'],
  ['golang:1.23-alpine', 'refused'],
  ['nginx:alpine', 'refused'],
  ['eclipse-temurin:21-jre', 'refused'],
  ['r-base:4.4.1', 'refused'],
  ['pytorch/pytorch:latest', 'refused'],
  ['gcr.io/distroless/nodejs22-debian12', 'refused'],
])('%s: %s', (image, expected) => {
  expect(told(image)).toBe(expected);
});

test('a refusal names the image and the reason', () => {
  expect(baseImage('nvidia/cuda:12')).toEqual({
    refused:
      'The process engine has nothing that can stand in for the image nvidia/cuda:12: its programs and files are not on this machine.',
  });
});
