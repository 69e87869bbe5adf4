using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>Tells which parameters of requests a model does not take. LiteLLM lets a deployment state them.</summary>
internal static class DroppedParameters
{
    /// <summary>Whether a model of the catalog is known not to take a parameter.</summary>
    /// <param name="parameter">Its name in LiteLLM.</param>
    /// <param name="deployment">Provider and model.</param>
    public static bool IsDropped(string parameter, string deployment)
    {
        if (NeededFor(parameter) is not { } needed) return false;
        int slash = deployment.IndexOf('/');
        if (slash < 0 || ModelCatalog.Default.Find(deployment.Substring(0, slash)) is not { } provider) return false;
        return provider.FindModel(deployment.Substring(slash + 1)) is { Kind: CallKind.Chat } row && (row.Traits.Parameters & needed) == 0;
    }

    private static ModelParameters? NeededFor(string parameter) => parameter switch
    {
        "temperature" or "top_p" => ModelParameters.Sampling,
        "presence_penalty" or "frequency_penalty" => ModelParameters.Penalties,
        "stop" => ModelParameters.Stop,
        "seed" => ModelParameters.Seed,
        "reasoning_effort" => ModelParameters.Reasoning,
        _ => null,
    };
}
