using System.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Fuzzing;

/// <summary>Declarations in models.json, and in LiteLLM's form: they are read without an exception, and each problem has a message and a place in the text.</summary>
internal sealed class ModelsTarget(string name, string[] seeds) : Target
{
    public static readonly string[] Models =
    [
        """
        {
          "$schema": "https://x.example/models.schema.json", "class": "Shop.Models",
          "providers": { "acme": { "dialect": "openAIChat", "endpoint": "https://acme.example/v1", "apiKeyEnv": "ACME_KEY" } },
          "groups": {
            "claude-fast": {
              "strategy": "lowestCost", "timeoutSeconds": 30, "maxAttempts": 3, "fallbacks": ["backup"], "hedge": true, "hedgeLimit": 0.05, "budget": 5, "budgetPeriod": "day",
              "deployments": [
                { "model": "anthropic/claude-haiku-4-5", "rpm": 1000, "tpm": 1, "weight": 0.5, "maxConcurrency": 2, "supports": ["tools", "vision"], "tags": ["eu"], "order": 1 },
                { "model": "acme/x", "name": "x", "endpointEnv": "X", "inputPrice": 1.5, "mirrorShare": 0.1, "limitGroup": "l" },
                "openai/gpt-4o-mini"
              ]
            },
            "backup": { "deployments": ["openai/gpt-4o"], "policy": "Shop.ByTier", "contextWindowFallbacks": ["claude-fast"] }
          }
        }
        """,
        """{"groups":{"a":{"deployments":["nobody/nothing",{"model":"openai/gpt-4o","apiKeyEnv":"sk-ant-REDACTED","weight":-1,"rpm":"x"}],"unknown":1,"timeoutSeconds":1e999}},"grups":{}}""",
    ];

    public static readonly string[] LiteLLM =
    [
        """
        {
          "model_list": [
            { "model_name": "gpt", "litellm_params": { "model": "openai/gpt-4o", "api_key": "os.environ/OPENAI_API_KEY", "rpm": 10, "tpm": 1000, "weight": 2, "timeout": 30, "stream_timeout": 5, "max_budget": 1, "budget_duration": "1d", "temperature": 0.5, "order": 1 }, "model_info": { "mode": "chat", "max_tokens": 100, "input_cost_per_token": 1e-06, "id": "x" } },
            { "model_name": "gpt", "litellm_params": { "model": "claude-haiku-4-5", "custom_llm_provider": "anthropic", "api_base": "https://x.example", "max_parallel_requests": 3, "silent_model": "gpt" } },
            { "model_name": "*", "litellm_params": { "model": "openai/*" } }
          ],
          "router_settings": { "routing_strategy": "latency-based-routing", "routing_strategy_args": { "ttl": 10 }, "num_retries": 2, "timeout": 30, "fallbacks": [{ "gpt": ["other"] }], "context_window_fallbacks": [{ "gpt": ["gpt"] }], "allowed_fails": 3, "cooldown_time": 1, "redis_host": "x" },
          "litellm_settings": { "drop_params": true, "request_timeout": 9, "fallbacks": [] }, "general_settings": { "master_key": "sk-1234" }, "environment_variables": {}
        }
        """,
        """[{"model_name":"a","litellm_params":{"model":"groq/llama-3.3-70b-versatile","api_key":"gsk_0123456789"}},{"model_name":7},{}]""",
    ];

    public override string Name => name;

    public override IEnumerable<string> Seeds => seeds;

    public override void Run(byte[] input)
    {
        var file = new SourceFile("models.json", Encoding.UTF8.GetString(input));
        foreach (DeclarationProblem problem in ModelsProject.Read([file], ModelCatalog.Default, "2026-01-01", CancellationToken.None).Problems) Check(problem, file);
    }

    public static void Check(DeclarationProblem problem, SourceFile file)
    {
        Demand(problem.Message.Length > 0, "A problem says nothing.");
        if (problem.Place is not FilePlace place) return;
        Demand(place.Span.Start >= 0 && place.Span.Length >= 0 && place.Span.End <= file.Text.Length, $"A problem is at {place.Span} of {file.Text.Length}.");
        Demand(place.Start.Column >= 0 && place.End.Line >= place.Start.Line, $"A problem is from {place.Start} to {place.End}.");
    }
}
