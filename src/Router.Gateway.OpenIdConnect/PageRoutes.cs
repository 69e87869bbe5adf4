namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>Addresses at the page, beneath the one that is configured.</summary>
internal static class PageRoutes
{
    /// <summary>Where the provider sends browsers back to, beneath the page.</summary>
    public const string Callback = "/sign-in/callback";

    /// <summary>Returns the address of the page with the reason of a refusal.</summary>
    public static string Refused(OpenIdConnectSignInOptions options, string reason) => $"{options.PageAddress}/?sign-in={reason}";
}
