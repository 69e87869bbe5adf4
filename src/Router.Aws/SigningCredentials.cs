using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>Signs requests with keys of AWS.</summary>
/// <param name="makeSource">Makes where the keys come from; sources of one identity share what one of them fetched.</param>
/// <param name="transport">Makes what asks for keys over HTTP; null for that of the framework.</param>
internal sealed class SigningCredentials(Func<AwsEnvironment, KeySource> makeSource, Func<HttpMessageHandler>? transport = null) : CredentialSource
{
    /// <inheritdoc/>
    public override Authorizer CreateAuthorizer(PlatformContext context)
    {
        var environment = new AwsEnvironment(context.Variables, context.Time, transport);
        return new SigningAuthorizer(context.TokensOf(makeSource(environment)), environment.Region);
    }
}
