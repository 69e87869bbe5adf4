namespace RouterGen.Azure;

/// <summary>What tokens are for, in each cloud. See https://learn.microsoft.com/azure/ai-foundry/openai/how-to/managed-identity and the pages of Azure's sovereign clouds.</summary>
internal sealed class EntraScope
{
    public const string AuthorityVariable = "AZURE_AUTHORITY_HOST";

    private const string ScopeVariable = "AZURE_SCOPE";

    /// <summary>Azure OpenAI, and all other models of a resource for AI services but Claude.</summary>
    public static readonly EntraScope OpenAI = new("https://cognitiveservices.azure.com/.default", "https://cognitiveservices.azure.us/.default", "https://cognitiveservices.azure.cn/.default");

    /// <summary>Microsoft Foundry. In sovereign clouds its resources take the tokens of Azure OpenAI.</summary>
    public static readonly EntraScope Foundry = new("https://ai.azure.com/.default", OpenAI._government, OpenAI._china);

    private readonly string _public;
    private readonly string _government;
    private readonly string _china;

    private EntraScope(string everywhere, string government, string china) => (_public, _government, _china) = (everywhere, government, china);

    /// <summary>Returns the scope that variables state, or that of the cloud that they name.</summary>
    public string In(Func<string, string?> variables)
    {
        if (variables(ScopeVariable)?.Trim() is { Length: > 0 } stated) return stated;
        string authority = variables(AuthorityVariable) ?? "";
        return authority.Contains("microsoftonline.us", StringComparison.OrdinalIgnoreCase) ? _government
            : authority.Contains("chinacloudapi.cn", StringComparison.OrdinalIgnoreCase) ? _china
            : _public;
    }
}
