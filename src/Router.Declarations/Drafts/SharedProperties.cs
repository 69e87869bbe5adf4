using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Drafts;

/// <summary>Reads the properties that [Provider] and [Deployment] share: the base URL and the names of environment variables.</summary>
internal static class SharedProperties
{
    /// <summary>The variable with the key. A key in its place is reported and goes no further.</summary>
    public static string? Key(DeclaredArguments declared, string? suggestion, ProblemList problems)
    {
        if (declared.Text("ApiKeyEnv") is not { Length: > 0 } variable) return null;
        if (!Secrets.IsKeyInsteadOfName(variable)) return variable;
        problems.AddFixable(ProblemKinds.KeyInSource, declared.PlaceOf("ApiKeyEnv"), DiagnosticProperties.Variable, suggestion, $"The value of {declared.NameOf("ApiKeyEnv")}", Remedy(declared));
        return null;
    }

    /// <summary>Whether it is stated that the server takes no key: by an empty name.</summary>
    public static bool TakesNoKey(DeclaredArguments declared) => declared.Text("ApiKeyEnv") is "";

    /// <summary>Reports a key that would be sent in clear text.</summary>
    /// <param name="declared">What makes it so.</param>
    /// <param name="property">The property that does.</param>
    /// <param name="endpoint">The base URL.</param>
    /// <param name="problems">Where it is reported.</param>
    public static void ReportClearText(DeclaredArguments declared, string property, string endpoint, ProblemList problems) => problems.Add(
        ProblemKinds.InvalidEndpoint, declared.PlaceOf(property), Endpoints.Show(endpoint),
        $"would send the key in clear text: use https, or, where the server takes no key, state {NoKey(declared)}");

    private static string NoKey(DeclaredArguments declared) =>
        declared.IsTrue(FileProperties.IsLiteLLM) ? "\"api_key\": \"none\"" : declared.IsInFile ? "\"apiKeyEnv\": \"\"" : "ApiKeyEnv = \"\"";

    /// <summary>MY_VLLM_API_KEY for my-vllm: what a provider's own documentation would most likely call the variable with its key.</summary>
    public static string ConventionalKey(string provider)
    {
        string name = new([.. provider.ToUpperInvariant().Select(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_')]);
        return (name.Length > 0 && char.IsDigit(name[0]) ? "_" : "") + name + "_API_KEY";
    }

    /// <summary>Text that is no secret; null where it is not stated or looks like a key.</summary>
    public static string? Name(DeclaredArguments declared, string property, ProblemList problems)
    {
        if (declared.Text(property) is not { Length: > 0 } text) return null;
        if (!Secrets.IsKey(text)) return text;
        ReportKey(declared, property, problems);
        return null;
    }

    private static void ReportKey(DeclaredArguments declared, string property, ProblemList problems) =>
        problems.Add(ProblemKinds.KeyInSource, declared.PlaceOf(property), $"The value of {declared.NameOf(property)}", Remedy(declared));

    /// <summary>The variable that overrides the base URL. A URL in its place is reported.</summary>
    public static string? EndpointVariable(DeclaredArguments declared, ProblemList problems)
    {
        if (Name(declared, "EndpointEnv", problems) is not { } variable) return null;
        if (!variable.Contains("://")) return variable;
        problems.Add(
            ProblemKinds.InvalidEndpoint, declared.PlaceOf("EndpointEnv"), Endpoints.Show(variable),
            $"is no name of an environment variable: state it as {(declared.IsInFile ? "endpoint" : "Endpoint")}");
        return null;
    }

    /// <summary>The property that names a key's variable, as the source calls it.</summary>
    public static string Remedy(DeclaredArguments declared) => declared.IsInFile ? "apiKeyEnv" : "ApiKeyEnv";

    /// <summary>The base URL; null where it is not stated or not valid.</summary>
    public static string? Endpoint(DeclaredArguments declared, ProblemList problems)
    {
        if (declared.Text("Endpoint") is not { Length: > 0 } stated) return null;
        if (Secrets.IsKeyInUrl(stated))
        {
            ReportKey(declared, "Endpoint", problems);
            return null;
        }

        string? endpoint = Endpoints.Normalize(stated, out string objection);
        if (endpoint is null) problems.Add(ProblemKinds.InvalidEndpoint, declared.PlaceOf("Endpoint"), Endpoints.Show(stated), objection);
        return endpoint;
    }
}
