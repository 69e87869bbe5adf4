// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Arguments;
#else
namespace RouterGen;
#endif

/// <summary>What a deployment can state: a row for each property of <c>[Deployment]</c>, as <see cref="GroupProperties"/> for groups.</summary>
internal static class DeploymentProperties
{
    public const double DefaultWeight = 1;
    public const BudgetPeriod DefaultBudgetPeriod = BudgetPeriod.Day;

    private const int Million = 1_000_000;

    public static readonly DeclaredProperty Region = new("Region", DeclaredType.Text)
    {
        Target = "Region",
        Shown = "region",
        LiteLLM = [new(LiteLLMPart.Params, "region_name"), new(LiteLLMPart.Params, "aws_region_name"), new(LiteLLMPart.Params, "vertex_location"), new(LiteLLMPart.Params, "vertex_ai_location")],
    };

    public static readonly DeclaredProperty Tags = new("Tags", DeclaredType.Texts) { Target = "Tags", Shown = "tags", LiteLLM = [new(LiteLLMPart.Params, "tags")] };

    /// <summary>Parts of the address at some clouds, as <see cref="Region"/> is.</summary>
    public static readonly DeclaredProperty Project = new("Project", DeclaredType.Text) { LiteLLM = [new(LiteLLMPart.Params, "vertex_project"), new(LiteLLMPart.Params, "vertex_ai_project")] };

    /// <inheritdoc cref="Project"/>
    public static readonly DeclaredProperty Resource = new("Resource", DeclaredType.Text);

    /// <summary>The version of the API in addresses that have one.</summary>
    public static readonly DeclaredProperty ApiVersion = new("ApiVersion", DeclaredType.Text) { LiteLLM = [new(LiteLLMPart.Params, "api_version")] };

    /// <summary>The catalog's model that the deployment serves under another name.</summary>
    public static readonly DeclaredProperty BaseModel = new("BaseModel", DeclaredType.Text) { LiteLLM = [new(LiteLLMPart.Info, "base_model"), new(LiteLLMPart.Params, "base_model")] };

    public static readonly DeclaredProperty Tier = new("ServiceTier", DeclaredType.ServiceTier) { Shown = "tier" };

    public static readonly DeclaredProperty Headers = new("Headers", DeclaredType.Headers) { Shown = "headers" };

    /// <summary>What makes the client through which the deployment is asked.</summary>
    public static readonly DeclaredProperty Client = new("Client", DeclaredType.Type) { Shown = "client" };

    public static readonly DeclaredProperty SharedLimits = new("LimitGroup", DeclaredType.Text) { Target = "LimitGroup", Shown = "limits of" };

    public static readonly DeclaredProperty Order = new("Order", DeclaredType.Integer)
    {
        Default = 0,
        Target = "Order",
        Shown = "order",
        IsOverridable = true,
        LiteLLM = [new(LiteLLMPart.Params, "order")],
    };

    public static readonly DeclaredProperty Weight = new("Weight", DeclaredType.Number)
    {
        Bounds = NumberBounds.Weight,
        Default = DefaultWeight,
        Target = "Weight",
        Shown = "weight",
        IsOverridable = true,
        LiteLLM = [new(LiteLLMPart.Entry, "weight"), new(LiteLLMPart.Params, "weight"), new(LiteLLMPart.Info, "weight")],
    };

    public static readonly DeclaredProperty Rpm = Limit("Rpm", "rpm") with { LiteLLM = [new(LiteLLMPart.Entry, "rpm"), new(LiteLLMPart.Params, "rpm")] };

    public static readonly DeclaredProperty Tpm = Limit("Tpm", "tpm") with { LiteLLM = [new(LiteLLMPart.Entry, "tpm"), new(LiteLLMPart.Params, "tpm")] };

    public static readonly DeclaredProperty MaxConcurrency = Limit("MaxConcurrency", "at once") with { LiteLLM = [new(LiteLLMPart.Params, "max_parallel_requests")] };

    public static readonly DeclaredProperty Budget =
        new("Budget", DeclaredType.Number) { Bounds = NumberBounds.Budget, Unit = DeclaredUnit.Usd, Target = "Budget", Shown = "budget" };

    public static readonly DeclaredProperty Period = new("BudgetPeriod", DeclaredType.BudgetPeriod) { Default = DefaultBudgetPeriod, Target = "BudgetPeriod" };

    public static readonly DeclaredProperty MirrorShare =
        new("MirrorShare", DeclaredType.Number) { Bounds = NumberBounds.Fraction, Unit = DeclaredUnit.Fraction, Target = "MirrorShare", Shown = "mirrors" };

    public static readonly DeclaredProperty MaxOutputTokens = new("MaxOutputTokens", DeclaredType.Integer)
    {
        Bounds = NumberBounds.Positive,
        LiteLLM = [new(LiteLLMPart.Params, "max_tokens"), new(LiteLLMPart.Params, "max_completion_tokens")],
    };

    /// <summary>What its model is asked for, where the catalog does not know it.</summary>
    public static readonly DeclaredProperty Kind = new("Kind", DeclaredType.CallKind);

    public static readonly DeclaredProperty MaxBatchTexts = new("MaxBatchTexts", DeclaredType.Integer) { Bounds = NumberBounds.Positive };

    public static readonly DeclaredProperty MaxFileMegabytes = new("MaxFileMegabytes", DeclaredType.Integer) { Bounds = NumberBounds.Positive };

    public static readonly DeclaredProperty ContextWindow = new("ContextWindow", DeclaredType.Integer) { Bounds = NumberBounds.Positive };

    public static readonly DeclaredProperty InputLimit = new("InputLimit", DeclaredType.Integer)
    {
        Bounds = NumberBounds.Positive,
        LiteLLM = [new(LiteLLMPart.Info, "max_input_tokens")],
    };

    public static readonly DeclaredProperty OutputLimit = new("OutputLimit", DeclaredType.Integer)
    {
        Bounds = NumberBounds.Positive,
        LiteLLM = [new(LiteLLMPart.Info, "max_tokens"), new(LiteLLMPart.Info, "max_output_tokens")],
    };

    public static readonly DeclaredProperty InputPrice = PriceRow("InputPrice", "input_cost_per_token");
    public static readonly DeclaredProperty OutputPrice = PriceRow("OutputPrice", "output_cost_per_token");
    public static readonly DeclaredProperty CacheReadPrice = PriceRow("CacheReadPrice", "cache_read_input_token_cost");
    public static readonly DeclaredProperty CacheWritePrice = PriceRow("CacheWritePrice", "cache_creation_input_token_cost");

    /// <summary>All rows, in the order in which they are written.</summary>
    public static readonly DeclaredProperty[] All =
    [
        new("Model", DeclaredType.Text),
        new("Group", DeclaredType.Text) { IsInJson = false },
        new("Name", DeclaredType.Text) { LiteLLM = [new(LiteLLMPart.Info, "id")] },
        BaseModel,
        new("Dialect", DeclaredType.Dialect),
        Kind,
        Client,
        new("ApiKeyEnv", DeclaredType.Text),
        new("Endpoint", DeclaredType.Text),
        new("EndpointEnv", DeclaredType.Text),
        new("AllowInsecureHttp", DeclaredType.Boolean) { Default = false, Target = "AllowInsecureHttp", Shown = "http allowed" },
        Tier,
        Headers,
        Region,
        Project,
        Resource,
        ApiVersion,
        Tags,
        Order,
        Weight,
        Rpm,
        Tpm,
        MaxConcurrency,
        SharedLimits,
        Budget,
        Period,
        MirrorShare,
        MaxOutputTokens,
        MaxBatchTexts,
        MaxFileMegabytes,
        ContextWindow,
        InputLimit,
        OutputLimit,
        new("Supports", DeclaredType.Features),
        new("Lacks", DeclaredType.Features),
        InputPrice,
        OutputPrice,
        CacheReadPrice,
        CacheWritePrice,
    ];

    // Without one, it is unlimited.
    private static DeclaredProperty Limit(string name, string shown) =>
        new(name, DeclaredType.Integer) { Bounds = NumberBounds.Positive, Target = name, Shown = shown, IsOverridable = true };

    private static DeclaredProperty PriceRow(string name, string litellm) => new(name, DeclaredType.Number)
    {
        Bounds = NumberBounds.Price,
        Unit = DeclaredUnit.Usd,
        LiteLLM = [new(LiteLLMPart.Params, litellm, Million), new(LiteLLMPart.Info, litellm, Million)],
    };
}
