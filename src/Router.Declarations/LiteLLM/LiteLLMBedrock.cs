using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>
/// What stands between the provider and the model of Bedrock there: which API is asked (<c>bedrock/converse/…</c>, <c>bedrock/invoke/…</c>), and in which
/// region (<c>bedrock/us-east-1/…</c>). See https://docs.litellm.ai/docs/providers/bedrock.
/// </summary>
/// <param name="Model">The model alone.</param>
/// <param name="Dialect">The wire format; null for the usual one.</param>
/// <param name="Region">The region; null where none is stated.</param>
internal sealed record LiteLLMBedrock(string Model, Dialect? Dialect, string? Region)
{
    /// <summary>The variables in which the region is looked up while the program runs.</summary>
    public static readonly string[] RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_REGION_NAME"];

    private const string Claude = "anthropic.";

    /// <summary>Reads what is behind the provider's name.</summary>
    public static LiteLLMBedrock Read(string path)
    {
        string? route = TakeIf(ref path, static part => part is "converse" or "invoke" or "converse_like");
        string? region = TakeIf(ref path, IsRegion);

        // Only of Claude is the body of InvokeModel known here; other models are asked the same by Converse.
        Dialect? dialect = route is "invoke" && path.Contains(Claude) ? Declarations.Model.Dialect.AnthropicMessages : null;
        return new(path, dialect, region);
    }

    private static string? TakeIf(ref string path, Func<string, bool> isMeant)
    {
        int slash = path.IndexOf('/');
        if (slash <= 0 || path.Substring(0, slash) is not { } part || !isMeant(part)) return null;
        path = path.Substring(slash + 1);
        return part;
    }

    // us-east-1, us-gov-west-1
    private static bool IsRegion(string part) => part.Length > 5 && part[2] is '-' && part[part.Length - 2] is '-' && char.IsDigit(part[part.Length - 1]);
}
