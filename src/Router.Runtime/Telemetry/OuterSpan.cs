using System.Diagnostics;

namespace RouterGen;

/// <summary>
/// The span that a client around a group has started, such as that of Microsoft's <c>UseOpenTelemetry</c>. It says that the provider is <c>routergen</c> and the
/// model the group, since nothing else is known before the call: the deployment that answered takes their place.
/// </summary>
internal static class OuterSpan
{
    /// <summary>What groups call their provider in the metadata of the framework's clients.</summary>
    public const string ProviderName = "routergen";

    /// <summary>Notes which deployment was asked last.</summary>
    public static void Note(Deployment deployment, Uri? address)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span || span.GetTagItem(GenAI.Provider) as string != ProviderName) return;
        span.SetTag(GenAI.Provider, deployment.TelemetryProvider);
        span.SetTag(GenAI.RequestModel, deployment.Model);
        if (span.GetTagItem(GenAI.Operation) is string operation) span.DisplayName = operation + " " + deployment.Model;
        if (address is null) return;
        span.SetTag(GenAI.ServerAddress, address.Host);
        span.SetTag(GenAI.ServerPort, address.Port);
    }
}
