namespace RouterGen.Declarations.Catalog;

/// <summary>
/// Names under which a cloud serves one model in several regions: <c>us.anthropic.claude-opus-5-5</c> and
/// <c>arn:aws:bedrock:us-east-1:…:inference-profile/us.anthropic.claude-opus-5-5</c> are <c>anthropic.claude-opus-5-5</c>.
/// </summary>
/// <param name="Regional">What precedes the model where it stays in a part of the world, which may cost more.</param>
/// <param name="Global">What precedes it where it may be anywhere.</param>
internal sealed record InferenceProfiles(string[] Regional, string[] Global)
{
    /// <summary>A provider without any.</summary>
    public static readonly InferenceProfiles None = new([], []);

    private const string Arn = "arn:";

    /// <summary>Returns the model alone; null where the name is nothing but that.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isRegional">Whether the model stays in a part of the world.</param>
    public string? ModelOf(string name, out bool isRegional)
    {
        isRegional = false;
        if (Regional.Length + Global.Length == 0) return null;
        string id = name.StartsWith(Arn, StringComparison.Ordinal) ? name.Substring(name.LastIndexOf('/') + 1) : name;
        string? regional = Array.Find(Regional, prefix => id.StartsWith(prefix, StringComparison.Ordinal));
        isRegional = regional is not null;
        string? prefix = regional ?? Array.Find(Global, prefix => id.StartsWith(prefix, StringComparison.Ordinal));
        if (prefix is not null) return id.Substring(prefix.Length);
        return id.Length < name.Length ? id : null;
    }
}
