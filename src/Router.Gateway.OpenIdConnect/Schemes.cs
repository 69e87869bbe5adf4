namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>The names of the schemes of authentication, which no application has for its own.</summary>
internal static class Schemes
{
    /// <summary>The session of a person, in a cookie.</summary>
    public const string Session = "RouterGen.Session";

    /// <summary>The provider of identities.</summary>
    public const string Provider = "RouterGen.OpenIdConnect";
}
