using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace RouterGen.Aspire;

/// <summary>The secret parameter of a key that is named by its variable.</summary>
internal static class KeyParameter
{
    /// <summary>Returns the parameter; where the app host has it already, that one.</summary>
    public static IResourceBuilder<ParameterResource> Of(IDistributedApplicationBuilder builder, string variable)
    {
        string name = NameOf(variable);
        ParameterResource? known = builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return known is not null ? builder.CreateResourceBuilder(known) : builder.AddParameter(name, () => ValueOf(builder, name, variable), publishValueAsDefault: false, secret: true);
    }

    // Names of resources have no underscore, and none twice or at the end of the hyphens in its place.
    private static string NameOf(string variable) => string.Join('-', variable.ToLowerInvariant().Split('_', StringSplitOptions.RemoveEmptyEntries));

    private static string ValueOf(IDistributedApplicationBuilder builder, string name, string variable) =>
        Set(builder.Configuration["Parameters:" + name]) ?? Set(builder.Configuration[variable])
        ?? throw new MissingParameterValueException($"The key of {variable} is not set: set 'Parameters:{name}' in the user secrets of the app host, or {variable} in its environment.");

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
