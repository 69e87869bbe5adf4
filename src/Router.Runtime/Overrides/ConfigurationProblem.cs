namespace RouterGen;

/// <summary>A mistake in the configuration of model groups, or something that it lacks.</summary>
/// <param name="Path">Where: the path of the key, for example <c>RouterGen:Groups:chat:Deployments:openai/gpt-6-luna:Weight</c>.</param>
/// <param name="Reason">What is wrong, and what is expected. It names variables, and holds no value.</param>
public sealed record ConfigurationProblem(string Path, string Reason)
{
    /// <summary>Returns the path and the reason.</summary>
    public override string ToString() => $"{Path}: {Reason}";
}
