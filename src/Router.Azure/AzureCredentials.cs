using Azure.Core;
using Azure.Identity;
using RouterGen.Azure;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Identities of Entra ID with which calls to Azure are authorised where no key is set. The generator uses <see cref="Default"/> and
/// <see cref="Foundry"/> by itself once this package is referenced; another choice is made in <see cref="RouterOptions.Credentials"/>.
/// </summary>
public static class AzureCredentials
{
    /// <summary>
    /// Gets the identity that <see cref="DefaultAzureCredential"/> finds, for Azure OpenAI: that of the variables <c>AZURE_TENANT_ID</c>,
    /// <c>AZURE_CLIENT_ID</c> and <c>AZURE_CLIENT_SECRET</c>, a workload identity, a managed identity (<c>AZURE_CLIENT_ID</c> says which), or a
    /// developer's own sign-in. The variable <c>AZURE_AUTHORITY_HOST</c> names another cloud, and <c>AZURE_SCOPE</c> another scope.
    /// </summary>
    public static CredentialSource Default { get; } = new AzureCredentialSource(EntraScope.OpenAI);

    /// <summary>Gets the same identity as <see cref="Default"/>, for the models of Microsoft Foundry, Claude among them.</summary>
    public static CredentialSource Foundry { get; } = new AzureCredentialSource(EntraScope.Foundry);

    /// <summary>Returns an identity of your choice, which is asked for tokens and keeps none for others: make it once.</summary>
    /// <param name="credential">The identity.</param>
    /// <param name="scope">
    /// What tokens are for, for example <c>https://cognitiveservices.azure.us/.default</c>. Null: the variable <c>AZURE_SCOPE</c>, else Azure OpenAI
    /// in the cloud that <c>AZURE_AUTHORITY_HOST</c> names.
    /// </param>
    public static CredentialSource From(TokenCredential credential, string? scope = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new AzureCredentialSource(EntraScope.OpenAI, scope, credential);
    }

    /// <summary>Returns the managed identity of the machine, container or app that the program runs in.</summary>
    /// <param name="clientId">The client ID of a user-assigned identity; null for the system-assigned one.</param>
    /// <param name="scope"><inheritdoc cref="From(TokenCredential, string?)" path="/param[@name='scope']"/></param>
    public static CredentialSource ManagedIdentity(string? clientId = null, string? scope = null) =>
        From(new ManagedIdentityCredential(clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId)), scope);
}
