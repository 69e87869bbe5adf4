#!/usr/bin/env bash
# Runs each command line once against GATEWAY_URL: an answer, a round trip of a tool, and a key that is wrong (WRONG_KEY_URL asks for another one).
# Each has a fresh home, and proxies that lead nowhere: what it asks beside the gateway is not answered.
set -uo pipefail
cd "$(dirname "$0")"
bin=$PWD/node_modules/.bin
failed=0

fresh() { # a home of its own, for one run
  home=$(mktemp -d)
  export HOME=$home XDG_CONFIG_HOME=$home/.config XDG_DATA_HOME=$home/.data XDG_CACHE_HOME=$home/.cache XDG_STATE_HOME=$home/.state CODEX_HOME=$home/.codex
  mkdir -p "$CODEX_HOME" "$home/work"
  git -c init.defaultBranch=main init -q "$home/work"
  cd "$home/work"
}

expect() { # name, pattern, command…
  local name=$1 pattern=$2
  shift 2
  local output
  output=$("$@" < /dev/null 2>&1)
  if grep -qzE -- "$pattern" <<< "$output"; then echo "clients: $name"; else
    echo "clients: $name lacks '$pattern':"
    tail -n 40 <<< "$output"
    failed=1
  fi
}

codex() { # base address, key, prompt, further settings…
  local url=$1 key=$2 prompt=$3
  shift 3
  KEY=$key timeout 90 "$bin/codex" exec --skip-git-repo-check --sandbox "${SANDBOX:-read-only}" -m chat -c model_provider=gateway \
    -c "model_providers.gateway={name=\"gateway\",base_url=\"$url/v1\",wire_api=\"responses\",env_key=\"KEY\",request_max_retries=0,stream_max_retries=0$*}" "$prompt"
}

continue_() { # base address, key, prompt
  cat > config.yaml <<END
name: gateway
version: 0.0.1
schema: v1
models: [{ name: chat, provider: openai, model: chat, apiBase: "$1/v1", apiKey: "$2", roles: [chat] }]
END
  CONTINUE_TELEMETRY_ENABLED=0 timeout 90 "$bin/cn" --config "$PWD/config.yaml" -p "$3"
}

opencode() { # base address, key, prompt
  cat > opencode.json <<END
{ "autoupdate": false, "share": "disabled",
  "provider": { "gateway": { "npm": "@ai-sdk/openai-compatible", "name": "Gateway", "options": { "baseURL": "$1/v1", "apiKey": "$2" }, "models": { "chat": { "name": "chat" } } } } }
END
  timeout 90 "$bin/opencode" run -m gateway/chat <<< "$3" # as an argument it would be put in quotation marks
}

# The fake model calls the tool that the prompt names, and then says what the tool said; the file is in the client's own folder.
said='The tool said: "[^"]*apricot'

export NO_PROXY=127.0.0.1 HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9
fresh; expect "Codex" 'You said: .*Hello' codex "$GATEWAY_URL" sk-any Hello
fresh; echo apricot > note.txt; SANDBOX=danger-full-access expect "Codex with a tool" "$said" codex "$GATEWAY_URL" sk-any 'call exec_command {"cmd":"cat note.txt"}'
fresh; expect "Codex with WebSockets" 'You said: .*Hello' codex "$GATEWAY_URL" sk-any Hello ',supports_websockets=true'
fresh; expect "Codex with a wrong key" '401|not one of this gateway' codex "$WRONG_KEY_URL" sk-wrong Hello
fresh; expect "Continue" 'You said: .*Hello' continue_ "$GATEWAY_URL" sk-any Hello
fresh; echo apricot > note.txt; expect "Continue with a tool" "$said" continue_ "$GATEWAY_URL" sk-any "call Read {\"filepath\":\"$PWD/note.txt\"}"
fresh; expect "Continue with a wrong key" '401|not one of this gateway' continue_ "$WRONG_KEY_URL" sk-wrong Hello
fresh; expect "opencode" 'You said: .*Hello' opencode "$GATEWAY_URL" sk-any Hello
fresh; echo apricot > note.txt; expect "opencode with a tool" "$said" opencode "$GATEWAY_URL" sk-any 'call bash {"command":"cat note.txt","description":"Reads the note"}'
fresh; expect "opencode with a wrong key" '401|not one of this gateway' opencode "$WRONG_KEY_URL" sk-wrong Hello
exit $failed
