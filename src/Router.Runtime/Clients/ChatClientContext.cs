namespace RouterGen;

/// <summary>The deployment for which a client is wanted.</summary>
public sealed class ChatClientContext
{
    /// <summary>Gets the name of the deployment's group.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the deployment's name, unique in its group.</summary>
    public required string Deployment { get; init; }

    /// <summary>Gets the provider's name, for example <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets the model as the provider knows it. Each request names it too (<see cref="Microsoft.Extensions.AI.ChatOptions.ModelId"/>).</summary>
    public required string Model { get; init; }

    /// <summary>Gets where the deployment is; null where that was not declared.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// Gets the key: of the variable that <see cref="DeploymentAttribute.ApiKeyEnv"/> names, else of the provider's conventional one where it is
    /// set; null where there is none. It is not part of any text that this object gives.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Group}: {Deployment}";
}
