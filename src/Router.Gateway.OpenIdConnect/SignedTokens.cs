using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>
/// Takes signed tokens alone. The framework lets a token without a signature pass that came from the provider's own token endpoint (OpenID Connect Core 1.0, 3.1.3.7, allows it over TLS); what stands between, such
/// as a proxy that ends TLS, could then make administrators.
/// </summary>
internal sealed class SignedTokens : JsonWebTokenHandler
{
    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        validationParameters.RequireSignedTokens = true; // They are a copy, for this token.
        return base.ValidateTokenAsync(token, validationParameters);
    }
}
