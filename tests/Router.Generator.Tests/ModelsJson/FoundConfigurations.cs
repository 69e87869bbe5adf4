namespace RouterGen.Generator.Tests;

/// <summary>Ten configurations that are as unlike each other as those that are published, in words of their own.</summary>
internal static class FoundConfigurations
{
    public static readonly FoundConfiguration[] All =
    [
        // A small local model, a larger one, then the cloud: by outage, and by the length of the prompt.
        new("escalating tiers",
            """
            {
              "model_list": [
                { "model_name": "fast-local", "litellm_params": { "model": "ollama_chat/llama3.2", "api_base": "http://gpu-box:11434", "timeout": 30, "rpm": 600 } },
                { "model_name": "smart-local", "litellm_params": { "model": "hosted_vllm/qwen3-32b", "api_base": "http://gpu-box:8000/v1", "api_key": "EMPTY", "timeout": 90 } },
                { "model_name": "cloud", "litellm_params": { "model": "openai/gpt-6-luna", "api_key": "os.environ/OPENAI_API_KEY", "timeout": 60 } }
              ],
              "router_settings": { "routing_strategy": "usage-based-routing", "num_retries": 2, "allowed_fails": 3, "cooldown_time": 60 },
              "litellm_settings": {
                "fallbacks": [{ "fast-local": ["smart-local", "cloud"] }, { "smart-local": ["cloud"] }],
                "context_window_fallbacks": [{ "fast-local": ["smart-local", "cloud"] }],
                "num_retries": 2, "request_timeout": 30
              }
            }
            """,
            """
            fast-local: ollama/llama3.2 at http://gpu-box:11434 with no key; Fallbacks: smart-local, cloud; ContextWindowFallbacks: smart-local, cloud
            smart-local: vllm/qwen3-32b at http://gpu-box:8000/v1 with no key; Fallbacks: cloud
            cloud: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY
            """,
            ""),

        // Two clouds that stand in for each other, a default for all, aliases for what clients ask for.
        new("clouds that stand in for each other",
            """
            {
              "model_list": [
                { "model_name": "claude", "litellm_params": { "model": "anthropic/claude-haiku-5-5", "api_key": "os.environ/ANTHROPIC_API_KEY", "api_base": "https://claude.proxy.example/v1" } },
                { "model_name": "gpt", "litellm_params": { "model": "openai/gpt-6-luna" } },
                { "model_name": "last", "litellm_params": { "model": "openrouter/openai/gpt-6-luna" } }
              ],
              "router_settings": {
                "fallbacks": [{ "claude": ["gpt"] }, { "gpt": ["claude"] }],
                "default_fallbacks": ["last"],
                "model_group_alias": { "claude-sonnet-4": "claude", "gpt-4o": { "model": "gpt", "hidden": true } }
              }
            }
            """,
            """
            claude: anthropic/claude-haiku-5-5 at https://claude.proxy.example with ANTHROPIC_API_KEY; Fallbacks: gpt
            gpt: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY; Fallbacks: claude
            last: openrouter/openai/gpt-6-luna at https://openrouter.ai/api/v1 with OPENROUTER_API_KEY
            claude-sonnet-4: anthropic/claude-haiku-5-5 at https://claude.proxy.example with ANTHROPIC_API_KEY; Fallbacks: gpt
            gpt-4o: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY; Fallbacks: claude
            """,
            ""),

        // The companies' clouds beside the makers'.
        new("an enterprise's clouds",
            """
            {
              "model_list": [
                { "model_name": "gpt", "litellm_params": { "model": "azure/gpt-6-luna-eu", "api_base": "os.environ/AZURE_API_BASE", "api_key": "os.environ/AZURE_API_KEY", "api_version": "2025-04-01-preview", "order": 1 }, "model_info": { "base_model": "azure/gpt-6-luna" } },
                { "model_name": "gpt", "litellm_params": { "model": "openai/gpt-6-luna", "order": 2 } },
                { "model_name": "claude", "litellm_params": { "model": "bedrock/eu.anthropic.claude-haiku-5-5", "aws_region_name": "eu-central-1", "aws_role_name": "os.environ/ROLE" } },
                { "model_name": "claude", "litellm_params": { "model": "vertex_ai/claude-haiku-5-5", "vertex_project": "p", "vertex_location": "europe-west1" } },
                { "model_name": "claude", "litellm_params": { "model": "anthropic/claude-haiku-5-5" } }
              ],
              "router_settings": { "enable_pre_call_checks": true, "redis_host": "os.environ/REDIS_HOST", "redis_port": 6379, "redis_password": "os.environ/REDIS_PASSWORD" },
              "general_settings": { "master_key": "os.environ/LITELLM_MASTER_KEY", "database_url": "os.environ/DATABASE_URL" }
            }
            """,
            """
            gpt: azure/gpt-6-luna-eu at https://{AZURE_RESOURCE_NAME}.openai.azure.com with AZURE_API_KEY, openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY
            claude: bedrock/eu.anthropic.claude-haiku-5-5 at https://bedrock-runtime.eu-central-1.amazonaws.com with AWS_BEARER_TOKEN_BEDROCK, vertex_ai/claude-haiku-5-5 at https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1 with no key, anthropic/claude-haiku-5-5 at https://api.anthropic.com with ANTHROPIC_API_KEY
            """,
            """
            RG0204 Of LiteLLM's settings in litellm_params, these have no effect here: 'aws_role_name' (keys, profiles and roles are those that AWS's own tools find, with the package RouterGen.Aws: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)
            RG0204 Of LiteLLM's settings in router_settings, these have no effect here: 'enable_pre_call_checks' (rpm and tpm are always kept, and windows are known from the catalog); 'redis_host', 'redis_port', 'redis_password' (what is known of deployments is kept in the process)
            RG0204 Of LiteLLM's settings in the file, these have no effect here: 'general_settings' (they are the gateway's: 'routergen import' says what each is there)
            """),

        // All ways to declare Azure in LiteLLM.
        new("Azure alone",
            """
            {
              "model_list": [
                { "model_name": "a", "litellm_params": { "model": "azure/my-gpt", "api_base": "https://r.openai.azure.com/", "api_version": "2024-10-21", "api_key": "os.environ/AZURE_API_KEY" }, "model_info": { "base_model": "azure/gpt-4o" } },
                { "model_name": "b", "litellm_params": { "model": "azure/o_series/my-o3", "api_base": "os.environ/AZURE_API_BASE", "api_version": "os.environ/AZURE_API_VERSION" }, "model_info": { "base_model": "o3" } },
                { "model_name": "c", "litellm_params": { "model": "azure/gpt-4o", "api_base": "https://r.openai.azure.com/openai/v1/", "azure_ad_token": "os.environ/AZURE_AD_TOKEN", "tenant_id": "os.environ/AZURE_TENANT_ID" } },
                { "model_name": "d", "litellm_params": { "model": "azure_ai/claude-haiku-5-5", "api_base": "https://r.services.ai.azure.com/anthropic", "client_id": "os.environ/THEIR_ID" } },
                { "model_name": "e", "litellm_params": { "model": "azure_ai/gpt-4o", "api_base": "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview" } },
                { "model_name": "f", "litellm_params": { "model": "gpt-6-luna", "api_version": "2024-10-21" } }
              ]
            }
            """,
            """
            a: azure/my-gpt at https://r.openai.azure.com with AZURE_API_KEY
            b: azure/my-o3 at https://{AZURE_RESOURCE_NAME}.openai.azure.com with AZURE_OPENAI_API_KEY
            c: azure/gpt-4o at https://r.openai.azure.com/openai/v1 with AZURE_AD_TOKEN
            d: azure_ai/claude-haiku-5-5 at https://r.services.ai.azure.com/anthropic with AZURE_AI_API_KEY
            e: azure_ai/gpt-4o at https://r.services.ai.azure.com/models/chat/completions with AZURE_AI_API_KEY
            f: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY
            """,
            """
            RG0204 Of LiteLLM's settings in litellm_params, these have no effect here: 'api_version' (the v1 API is asked, which needs none; state the version itself for another); 'client_id' (add the package RouterGen.Azure, which reads AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and AZURE_SCOPE, and finds other identities); 'api_version' (addresses of its provider have no version)
            """),

        // A group of a provider alone that is not there.
        new("one cloud alone",
            """
            {
              "model_list": [
                { "model_name": "claude", "litellm_params": { "model": "sagemaker/claude-haiku" } },
                { "model_name": "gpt", "litellm_params": { "model": "gpt-6-luna" } }
              ],
              "litellm_settings": { "fallbacks": [{ "gpt": ["claude"] }] }
            }
            """,
            """
            claude:
            gpt: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY; Fallbacks: claude
            """,
            """
            RG0208 Deployment 'sagemaker/claude-haiku' is left out, because provider 'sagemaker' is not there yet: where it speaks a wire format that is there, declare it under "providers"
            RG0002 Model group 'claude' has no deployments: no provider of those that it has is there yet; remove it, or add one of another provider
            """)
        { Builds = false },

        // All that a proxy does besides: caches, callbacks, guardrails, budgets of teams, and what came last week.
        new("a proxy with all that there is",
            """
            {
              "model_list": [{ "model_name": "gpt", "litellm_params": { "model": "openai/gpt-6-luna", "max_budget": 50, "budget_duration": "30d", "tags": ["paid"], "extra_headers": { "x-team": "a" } }, "model_info": { "team_id": "t", "owner": "platform" } }],
              "litellm_settings": {
                "drop_params": true, "cache": true, "cache_params": { "type": "redis", "ttl": 600 }, "callbacks": ["otel", "prometheus"], "success_callback": ["langfuse"],
                "max_budget": 100, "budget_duration": "30d", "max_end_user_budget": 5, "of_next_week": true, "request_timeout": 60
              },
              "guardrails": [{ "guardrail_name": "pii" }],
              "mcp_servers": { "zapier": { "url": "https://mcp.example" } },
              "vector_store_registry": [],
              "environment_variables": { "LANGFUSE_HOST": "https://langfuse.example" }
            }
            """,
            "gpt: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY",
            """
            RG0204 Of LiteLLM's settings in litellm_params, these have no effect here: 'extra_headers' (state Headers on a deployment of your own)
            RG0204 Of LiteLLM's settings in model_info, these have no effect here: 'team_id' (it is the proxy's, and there is none)
            RG0204 Of LiteLLM's settings in litellm_settings, these have no effect here: 'drop_params' (parameters that a model does not take are always dropped); 'cache', 'cache_params' (put a caching IChatClient around the group); 'callbacks', 'success_callback' (log levels and exporters are the program's; see RouterOptions); 'max_budget', 'budget_duration', 'max_end_user_budget' (state max_budget and budget_duration for each deployment); 'of_next_week' (nothing here is known by this name)
            RG0204 Of LiteLLM's settings in the file, these have no effect here: 'guardrails', 'mcp_servers' (it is the proxy's, and there is none); 'vector_store_registry' (nothing here is known by this name); 'environment_variables' (set them where the program runs)
            """),

        // Free tiers of many providers, several keys of one, a template to be filled in.
        new("free tiers with many keys",
            """
            {
              "model_list": [
                { "model_name": "llama", "litellm_params": { "model": "groq/llama-3.3-70b-versatile", "api_key": "${GROQ_KEY_1}", "rpm": 30, "tpm": 12000 } },
                { "model_name": "llama", "litellm_params": { "model": "groq/llama-3.3-70b-versatile", "api_key": "{{GROQ_KEY_2}}", "rpm": 30, "tpm": 12000 } },
                { "model_name": "llama", "litellm_params": { "model": "openrouter/meta-llama/llama-3.3-70b-instruct:free", "api_key": "os.environ/OPENROUTER_API_KEY", "rpm": 20 } },
                { "model_name": "small", "litellm_params": { "model": "mistral/mistral-small-latest", "api_base": "https://api.mistral.ai", "rpm": 60 } }
              ],
              "router_settings": {
                "routing_strategy": "simple-shuffle", "num_retries": 1,
                "fallbacks": [{ "llama": ["small"] }, { "*": ["llama", "small"] }],
                "retry_policy": { "RateLimitErrorRetries": 3 }
              }
            }
            """,
            """
            llama: groq/llama-3.3-70b-versatile at https://api.groq.com/openai/v1 with GROQ_KEY_1, groq/llama-3.3-70b-versatile at https://api.groq.com/openai/v1 with GROQ_KEY_2, openrouter/meta-llama/llama-3.3-70b-instruct:free at https://openrouter.ai/api/v1 with OPENROUTER_API_KEY; Fallbacks: small
            small: mistral/mistral-small-latest at https://api.mistral.ai/v1 with MISTRAL_API_KEY; Fallbacks: llama
            """,
            "RG0204 Of LiteLLM's settings in router_settings, these have no effect here: 'retry_policy' (which failures are retried is decided by what failed; state num_retries for how often, or CallOptions.Retries for a call)"),

        // Servers on a desk, with whatever is written where a key is asked for.
        new("a desk with local servers",
            """
            [
              { "model_name": "coder", "litellm_params": { "model": "openai/qwen2.5-coder", "api_base": "http://localhost:1234/v1/", "api_key": "lm-studio" } },
              { "model_name": "chat", "litellm_params": { "model": "lm_studio/gemma-3", "api_base": "http://192.168.1.20:1234", "api_key": "not-needed" } },
              { "model_name": "tiny", "litellm_params": { "model": "llamafile/phi", "api_base": "http://127.0.0.1:8080" } },
              { "model_name": "local", "litellm_params": { "model": "ollama/qwen3:14b", "api_base": "http://host.docker.internal:11434/", "stream": true, "keep_alive": "8m" } },
              { "model_name": "tgi", "litellm_params": { "model": "huggingface/org/model", "api_base": "http://tgi:8080", "api_key": "none" } }
            ]
            """,
            """
            coder: openai/qwen2.5-coder at http://localhost:1234/v1 with no key
            chat: lm_studio/gemma-3 at http://192.168.1.20:1234/v1 with no key
            tiny: llamacpp/phi at http://127.0.0.1:8080/v1 with no key
            local: ollama/qwen3:14b at http://host.docker.internal:11434 with no key
            tgi: huggingface/org/model at http://tgi:8080/v1 with no key
            """,
            "RG0204 Of LiteLLM's settings in litellm_params, these have no effect here: 'stream' (state it for each call in ChatOptions); 'keep_alive' (nothing here is known by this name)"),

        // Whatever name a client brings, beside a few that are named.
        new("wildcards",
            """
            {
              "model_list": [
                { "model_name": "*", "litellm_params": { "model": "*" } },
                { "model_name": "anthropic/*", "litellm_params": { "model": "anthropic/*", "api_key": "os.environ/ANTHROPIC_API_KEY" } },
                { "model_name": "openai/gpt-6-luna", "litellm_params": { "model": "openai/gpt-6-luna" } }
              ],
              "litellm_settings": { "set_verbose": false }
            }
            """,
            "openai/gpt-6-luna: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY",
            """
            RG0204 Of LiteLLM's settings in model_list, these have no effect here: '*', 'anthropic/*' (a wildcard names no model, so the entry is left out; state an entry for each model that is used)
            RG0204 Of LiteLLM's settings in litellm_settings, these have no effect here: 'set_verbose' (log levels and exporters are the program's; see RouterOptions)
            """),

        // Shares by weight, a shadow of a candidate, prices of one's own.
        new("a trial beside what is in use",
            """
            {
              "model_list": [
                { "model_name": "chat", "litellm_params": { "model": "openai/gpt-6-luna", "weight": 9, "silent_model": "candidate" } },
                { "model_name": "chat", "litellm_params": { "model": "anthropic/claude-haiku-5-5", "weight": 1, "silent_model": "candidate" } },
                { "model_name": "candidate", "litellm_params": { "model": "together_ai/org/model", "input_cost_per_token": 2e-7, "output_cost_per_token": 6e-7 } }
              ],
              "router_settings": { "routing_strategy": "simple-shuffle", "content_policy_fallbacks": [{ "chat": ["candidate"] }, { "candidate": ["chat"] }] }
            }
            """,
            """
            chat: openai/gpt-6-luna at https://api.openai.com/v1 with OPENAI_API_KEY, anthropic/claude-haiku-5-5 at https://api.anthropic.com with ANTHROPIC_API_KEY, shadow together_ai/org/model at https://api.together.xyz/v1 with TOGETHER_API_KEY; ContentPolicyFallbacks: candidate
            candidate: together_ai/org/model at https://api.together.xyz/v1 with TOGETHER_API_KEY; ContentPolicyFallbacks: chat
            """,
            ""),

        // Other modes beside chat, settings that are misspelt, entries of the same keys.
        new("what grew over time",
            """
            {
              "x-defaults": { "timeout": 30 },
              "model_list": [
                { "model_name": "embed", "litellm_params": { "model": "openai/text-embedding-3-small" }, "model_info": { "mode": "embedding" } },
                { "model_name": "chat", "litellm_params": { "model": "custom_openai/own", "api_base": "https://llm.example/v1/chat/completions", "api_key": "os.environ/OWN_KEY", "max_token": 500 }, "extra": 1 },
                { "model_name": "chat", "litellm_params": { "model": "cohere_chat/command-a-03-2025", "api_base": "https://api.cohere.com/v2/chat" } }
              ],
              "router_setings": { "num_retries": 3 },
              "router_settings": { "fallbacks": [{ "chatt": ["embed"] }, { "gone": ["chat"] }], "num_retry": 3 }
            }
            """,
            """
            embed: openai/text-embedding-3-small at https://api.openai.com/v1 with OPENAI_API_KEY
            chat: openai/own at https://llm.example/v1/chat/completions with OWN_KEY, cohere/command-a-03-2025 at https://api.cohere.com/v2 with COHERE_API_KEY
            """,
            """
            RG0206 LiteLLM's 'max_token' is unknown, and has no effect; did you mean 'max_tokens'?
            RG0206 LiteLLM's 'chatt' is unknown, and has no effect; did you mean 'chat'?
            RG0206 LiteLLM's 'num_retry' is unknown, and has no effect; did you mean 'num_retries'?
            RG0206 LiteLLM's 'router_setings' is unknown, and has no effect; did you mean 'router_settings'?
            RG0204 Of LiteLLM's settings in model_list, these have no effect here: 'extra' (nothing here is known by this name)
            RG0204 Of LiteLLM's settings in fallbacks, these have no effect here: 'gone' (the model_list has no such group, or it is left out)
            RG0204 Of LiteLLM's settings in the file, these have no effect here: 'x-defaults' (nothing here is known by this name)
            """),
    ];

    public static TheoryData<string> Names { get; } = new(All.Select(configuration => configuration.Name));
}
