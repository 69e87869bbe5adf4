using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using static RouterGen.Declarations.LiteLLM.LiteLLMSetting;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>
/// The settings of a LiteLLM configuration, by where they stand.
/// See https://docs.litellm.ai/docs/proxy/config_settings and https://docs.litellm.ai/docs/routing.
/// </summary>
internal static class LiteLLMSettings
{
    public const string OwnBudgets = "state max_budget and budget_duration for each deployment";

    private const string PerCall = "state it for each call in ChatOptions";
    private const string Cached = "put a caching IChatClient around the group";
    private const string Logged = "log levels and exporters are the program's; see RouterOptions";
    private const string InProcess = "what is known of deployments is kept in the process";
    private const string Proxy = "it is the proxy's, and there is none";
    private const string OwnAwsKeys = "keys, profiles and roles are those that AWS's own tools find, with the package RouterGen.Aws: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

    /// <summary>Why an identity of Entra ID is not read.</summary>
    public const string AzureIdentity = "add the package RouterGen.Azure, which reads AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and AZURE_SCOPE, and finds other identities";

    /// <summary>The parts of a configuration.</summary>
    public static readonly LiteLLMSetting[] TopLevel =
    [
        new("model_list"), new("router_settings"), new("litellm_settings"),
        .. Without("they are the gateway's: 'routergen import' says what each is there", "general_settings"),
        .. Without(Proxy, "guardrails", "callback_settings", "mcp_servers", "credential_list"),
        .. Without("set them where the program runs", "environment_variables"),
    ];

    /// <summary>The parts of an entry of the model list.</summary>
    public static readonly LiteLLMSetting[] Entry =
    [
        new("model_name"), new("litellm_params"), new("model_info"),
        .. Of(LiteLLMPart.Entry, DeploymentProperties.All),
    ];

    public static readonly LiteLLMSetting[] Params =
    [
        new("model"), new("custom_llm_provider"), new("api_key"), new("api_base"), new("base_url"), new("timeout"), new("stream_timeout"),
        new("max_budget"), new("budget_duration"), new("silent_model"), new("azure_ad_token"),
        .. Of(LiteLLMPart.Params, DeploymentProperties.All),
        .. Without(PerCall, "temperature", "top_p", "n", "stop", "seed", "user", "presence_penalty", "frequency_penalty", "response_format", "tools", "tool_choice", "reasoning_effort", "thinking", "stream", "extra_body", "metadata"),
        .. Without("retries are the group's: state num_retries in router_settings", "num_retries", "max_retries"),
        .. Without("cooldowns are the group's: state cooldown_time in router_settings", "cooldown_time"),
        .. Without("parameters that a model does not take are always dropped", "drop_params", "additional_drop_params", "allowed_openai_params"),
        .. Without(AzureIdentity, "tenant_id", "client_id", "client_secret", "azure_username", "azure_password", "azure_scope"),
        .. Without("add the package RouterGen.Google, which finds the file that GOOGLE_APPLICATION_CREDENTIALS names, and other identities", "vertex_credentials", "vertex_ai_credentials"),
        .. Without(
            OwnAwsKeys, "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_session_name", "aws_profile_name", "aws_role_name", "aws_web_identity_token", "aws_sts_endpoint", "aws_external_id"),
        .. Without("state an endpoint as api_base", "aws_bedrock_runtime_endpoint"),
        .. Without("the model gateway of watsonx knows the projects of its models", "project_id", "space_id"),
        .. Without("state Headers on a deployment of your own", "organization", "extra_headers", "headers"),
        .. Without("use a fake provider in tests", "mock_response", "mock_timeout"),
        .. Without(Proxy, "litellm_credential_name", "use_in_pass_through", "merge_reasoning_content_in_choices", "cache_control_injection_points", "no-log", "input_cost_per_second", "output_cost_per_second", "configurable_clientside_auth_params"),
    ];

    public static readonly LiteLLMSetting[] Info =
    [
        new("mode"),
        .. Of(LiteLLMPart.Info, DeploymentProperties.All),
        .. Without("what a model can do comes from the catalog; state Supports or Lacks on a deployment of your own where it differs", "supports_vision", "supports_function_calling", "supports_tool_choice", "supports_response_schema", "supports_prompt_caching", "supports_reasoning", "supports_pdf_input", "supports_audio_input", "supports_audio_output"),
        .. Without(Proxy, "access_groups", "team_id", "health_check_model", "health_check_timeout"),
    ];

    /// <summary>The settings of <c>router_settings</c>, most of which may stand under <c>litellm_settings</c> too.</summary>
    public static readonly LiteLLMSetting[] Router =
    [
        new("routing_strategy"), new("num_retries"), new("fallbacks"), new("context_window_fallbacks"), new("content_policy_fallbacks"), new("default_fallbacks"), new("model_group_alias"),
        new("routing_strategy_args"), new("optional_pre_call_checks"),
        new("enable_tag_filtering"), // Tags are compared wherever a call states some.
        .. Of(LiteLLMPart.Router, GroupProperties.All),
        .. Without("which failures are retried is decided by what failed; state num_retries for how often, or CallOptions.Retries for a call", "retry_policy", "model_group_retry_policy"),
        .. Without("state allowed_fails, which counts all failures of a deployment", "allowed_fails_policy"),
        .. Without("state max_parallel_requests for each deployment", "default_max_parallel_requests"),
        .. Without("rpm and tpm are always kept, and windows are known from the catalog", "enable_pre_call_checks"),
        .. Without("each fallback group is visited once", "max_fallbacks"),
        .. Without("each call says whether any or all of its tags must match, in CallOptions.TagMatch", "tag_filtering_match_any"),
        .. Without(
            OwnBudgets, "provider_budget_config", "max_budget", "budget_duration", "max_user_budget", "max_end_user_budget", "max_internal_user_budget", "internal_user_budget_duration", "tag_budget_config"),
        .. Without("a deployment that failed always cools down", "disable_cooldowns"),
        .. Without("parameters that a model does not take are always dropped", "drop_params", "modify_params"),
        .. Without(PerCall, "default_litellm_params"),
        .. Without(InProcess, "redis_host", "redis_port", "redis_password", "redis_url", "redis_db", "polling_interval", "client_ttl"),
        .. Without(Cached, "cache_responses", "cache_kwargs", "caching_groups", "cache", "cache_params", "enable_caching_on_provider_specific_optional_params"),
        .. Without(
            Logged, "service_callbacks", "langfuse_default_tags", "s3_callback_params", "aws_sqs_callback_params", "prometheus_metrics_config", "store_audit_logs", "extra_spend_tag_headers", "global_disable_no_log_param",
            "enable_end_user_cost_tracking_prometheus_only", "disable_end_user_cost_tracking", "disable_end_user_cost_tracking_prometheus_only", "require_auth_for_metrics_endpoint"),
        .. Without(Logged, "set_verbose", "debug_level", "json_logs", "telemetry", "callbacks", "success_callback", "failure_callback", "service_callback", "turn_off_message_logging", "redact_user_api_key_info"),
        .. Without(
            Proxy, "timezone", "key_generation_settings", "mcp_aliases", "enable_key_alias_format_validation", "use_chat_completions_url_for_anthropic_messages", "custom_provider_map", "enable_preview_features", "enable_json_schema_validation",
            "force_ipv4", "disable_hf_tokenizer_download", "disable_add_transform_inline_image_block", "disable_copilot_system_to_assistant", "default_in_memory_ttl", "default_redis_ttl"),
        .. Without(Proxy, "ssl_verify", "assistants_config", "router_general_settings", "alerting_config", "ignore_invalid_deployments", "default_team_settings", "public_routes", "upperbound_key_generate_params", "default_internal_user_params"),
    ];

    /// <summary>The arguments of strategies, all of which are the latency-based one's.</summary>
    public static readonly LiteLLMSetting[] StrategyArguments =
    [
        .. Of(LiteLLMPart.StrategyArguments, GroupProperties.All),
        .. Without("the mean of all latencies within the ttl counts", "max_latency_list_size"),
    ];

    /// <summary>What deployments are shared by where no weight is stated: the first of these that each of them states.</summary>
    public static readonly string[] ShuffledBy = ["Rpm", "Tpm"];

    /// <summary>The one of <c>optional_pre_call_checks</c> that is a setting here.</summary>
    public const string PromptCaching = "prompt_caching";

    /// <summary>Those that need no setting.</summary>
    public static readonly string[] ChecksDoneAnyway = ["router_budget_limiting"];

    /// <summary>The strategies, and what they are here; null for those that are something else here.</summary>
    public static readonly (string Name, RoutingStrategy? Strategy)[] Strategies =
    [
        ("simple-shuffle", RoutingStrategy.Weighted),
        ("least-busy", RoutingStrategy.LeastBusy),
        ("usage-based-routing", RoutingStrategy.LowestUsage),
        ("usage-based-routing-v2", RoutingStrategy.LowestUsage),
        ("latency-based-routing", RoutingStrategy.LowestLatency),
        ("cost-based-routing", RoutingStrategy.LowestCost),
        ("provider-budget-routing", null),
    ];

    /// <summary>The spans of time for which there are budgets, and other ways to write them.</summary>
    public static readonly (string Duration, BudgetPeriod Period)[] BudgetDurations =
    [
        ("1m", BudgetPeriod.Minute), ("1h", BudgetPeriod.Hour), ("1d", BudgetPeriod.Day), ("1mo", BudgetPeriod.Month),
        ("60s", BudgetPeriod.Minute), ("60m", BudgetPeriod.Hour), ("24h", BudgetPeriod.Day), ("30d", BudgetPeriod.Month),
    ];
}
