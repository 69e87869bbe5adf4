using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.Aspire;

namespace Aspire.Hosting;

/// <summary>Adds RouterGen to an app host: keys, endpoints and settings of model providers, as one resource.</summary>
public static class RouterGenResourceBuilderExtensions
{
    private const string SectionPrefix = "RouterGen__";

    /// <summary>Adds the resource, without keys and endpoints: see <see cref="WithKey(IResourceBuilder{RouterGenResource}, string)"/>.</summary>
    /// <param name="builder">The app host.</param>
    /// <param name="name">The name of the resource, as the dashboard shows it.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<RouterGenResource> AddRouterGen(this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.AddResource(new RouterGenResource(name))
            .ExcludeFromManifest() // Its parameters are in it, and what projects get of them.
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "RouterGen", State = KnownResourceStates.NotStarted, Properties = [] })
            .OnInitializeResource(static (resource, initialize, _) => initialize.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with
            {
                State = KnownResourceStates.Running,
                StartTimeStamp = snapshot.CreationTimeStamp,
                Properties = [new("Keys", NamesOf(resource, isKey: true)), new("Settings", NamesOf(resource, isKey: false))],
            }));
    }

    /// <summary>
    /// Adds a key that the projects get as a variable. It is a secret parameter: of the name of the variable in lower case with hyphens (<c>openai-api-key</c>), the same for all resources that use
    /// it. Its value is <c>Parameters:openai-api-key</c> of the app host's configuration (user secrets), else the variable of the app host itself, else the dashboard asks for it.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="variable">The variable that a deployment's key is looked up by, for example <c>OPENAI_API_KEY</c>.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="ArgumentException">The text is not the name of a variable: it may be the key itself.</exception>
    public static IResourceBuilder<RouterGenResource> WithKey(this IResourceBuilder<RouterGenResource> builder, string variable)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CheckName(variable, nameof(variable));
        return builder.WithKey(variable, KeyParameter.Of(builder.ApplicationBuilder, variable));
    }

    /// <summary>Adds a key that the projects get as a variable.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="variable">The variable that a deployment's key is looked up by.</param>
    /// <param name="key">The key, a secret parameter.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="ArgumentException">The text is not the name of a variable, or the parameter is no secret.</exception>
    public static IResourceBuilder<RouterGenResource> WithKey(this IResourceBuilder<RouterGenResource> builder, string variable, IResourceBuilder<ParameterResource> key)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(key);
        CheckName(variable, nameof(variable));
        if (!key.Resource.Secret) throw new ArgumentException($"The parameter '{key.Resource.Name}' holds a key and is no secret: the dashboard and the manifest would show it. Add it with AddParameter(\"{key.Resource.Name}\", secret: true).", nameof(key));
        builder.Resource.Set(variable, key.Resource);
        return builder.WithReferenceRelationship(key.Resource);
    }

    /// <summary>Adds the endpoint of a provider, which the projects get as a variable.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="variable">The variable that overrides the endpoint, for example <c>OPENAI_BASE_URL</c>.</param>
    /// <param name="endpoint">The base URL.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="ArgumentException">The text is not the name of a variable.</exception>
    public static IResourceBuilder<RouterGenResource> WithEndpoint(this IResourceBuilder<RouterGenResource> builder, string variable, Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpoint);
        CheckName(variable, nameof(variable));
        if (!endpoint.IsAbsoluteUri) throw new ArgumentException($"The endpoint of {variable} must be an absolute URL.", nameof(endpoint));
        builder.Resource.Set(variable, endpoint.ToString());
        return builder;
    }

    /// <summary>Adds the endpoint of a server of the app host's own, such as a container with Ollama, which the projects get as a variable.</summary>
    /// <inheritdoc cref="WithEndpoint(IResourceBuilder{RouterGenResource}, string, Uri)"/>
    public static IResourceBuilder<RouterGenResource> WithEndpoint(this IResourceBuilder<RouterGenResource> builder, string variable, EndpointReference endpoint)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpoint);
        CheckName(variable, nameof(variable));
        builder.Resource.Set(variable, endpoint);
        return builder.WithReferenceRelationship(endpoint.Resource);
    }

    /// <summary>Adds a setting of the section <c>RouterGen</c>, which the projects get in their configuration.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path within the section, for example <c>Groups:chat:TimeoutSeconds</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<RouterGenResource> WithSetting(this IResourceBuilder<RouterGenResource> builder, string path, string value)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(value);
        builder.Resource.Set(SectionPrefix + path.Replace(":", "__", StringComparison.Ordinal), value);
        return builder;
    }

    /// <summary>
    /// Shows the health of the model groups that a project reports at its health endpoint (<c>AddHealthChecks().AddRouterGen()</c>, <c>MapHealthChecks</c>) as the health of the resource. The project must not wait for the
    /// resource then, which would wait for the project.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="project">The project.</param>
    /// <param name="path">The path of the health endpoint, which answers with the name of the state.</param>
    /// <param name="endpointName">The name of the project's endpoint.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<RouterGenResource> WithHealthOf<T>(this IResourceBuilder<RouterGenResource> builder, IResourceBuilder<T> project, string path = "/health", string endpointName = "http")
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentException.ThrowIfNullOrEmpty(path);
        EndpointReference endpoint = project.GetEndpoint(endpointName);
        string key = $"{builder.Resource.Name}_{project.Resource.Name}_{endpointName}_{path}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, new ReportedHealthCheck(endpoint, path));
        return builder.WithHealthCheck(key);
    }

    /// <summary>Gives a project the keys, endpoints and settings of the resource, as variables.</summary>
    /// <param name="builder">The project, or anything that has an environment.</param>
    /// <param name="models">The resource.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<RouterGenResource> models)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(models);
        RouterGenResource resource = models.Resource;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            foreach ((string variable, object value) in resource.Variables) context.EnvironmentVariables[variable] = value; // As it is when the project starts: what is added behind the reference counts, too.
        });
    }

    private static string NamesOf(RouterGenResource resource, bool isKey) =>
        string.Join(", ", resource.Variables.Where(variable => variable.Value is ParameterResource { Secret: true } == isKey).Select(static variable => variable.Key).Order(StringComparer.Ordinal));

    // The text is not told: a key may stand there.
    private static void CheckName(string variable, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(variable, parameter);
        bool isName = !char.IsAsciiDigit(variable[0]) && variable.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
        if (!isName) throw new ArgumentException("The name of a variable has capitals, digits and underscores, for example OPENAI_API_KEY; a key itself belongs into a secret parameter.", parameter);
    }
}
