using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace RouterGen.Aspire.Tests;

/// <summary>What projects of an app host get of the resource, and what its dashboard shows.</summary>
public sealed class AppHostTests
{
    private const string OpenAIKey = "sk-a-secret-of-openai", AnthropicKey = "sk-ant-a-secret-of-anthropic";

    [Fact]
    public async Task A_project_that_references_it_gets_keys_endpoints_and_settings()
    {
        IDistributedApplicationBuilder builder = Create(("Parameters:openai-api-key", OpenAIKey), ("Parameters:own", AnthropicKey));
        IResourceBuilder<ContainerResource> ollama = builder.AddContainer("ollama", "ollama/ollama").WithHttpEndpoint(targetPort: 11434, name: "api");
        ollama.WithEndpoint("api", static endpoint => endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 11999));
        IResourceBuilder<RouterGenResource> models = builder.AddRouterGen("models")
            .WithKey("OPENAI_API_KEY")
            .WithKey("ANTHROPIC_API_KEY", builder.AddParameter("own", secret: true))
            .WithEndpoint("OPENAI_BASE_URL", new Uri("https://gateway.example/v1"))
            .WithEndpoint("OLLAMA_HOST", ollama.GetEndpoint("api"));
        IResourceBuilder<ExecutableResource> api = builder.AddExecutable("api", "api", ".").WithReference(models);
        models.WithSetting("Groups:chat:TimeoutSeconds", "30"); // Behind the reference, as a long app host may have it.
        IResourceBuilder<ExecutableResource> other = builder.AddExecutable("other", "other", ".");

        Dictionary<string, string> environment = await EnvironmentOf(builder, api.Resource);

        Assert.Equal(OpenAIKey, environment["OPENAI_API_KEY"]);
        Assert.Equal(AnthropicKey, environment["ANTHROPIC_API_KEY"]);
        Assert.Equal("https://gateway.example/v1", environment["OPENAI_BASE_URL"]);
        Assert.Equal("http://localhost:11999", environment["OLLAMA_HOST"]);
        Assert.Equal("30", environment["RouterGen__Groups__chat__TimeoutSeconds"]);
        Assert.DoesNotContain("OPENAI_API_KEY", (await EnvironmentOf(builder, other.Resource)).Keys);
        Assert.Contains(api.Resource.Annotations.OfType<ResourceRelationshipAnnotation>(), annotation => annotation.Resource == models.Resource);
    }

    [Fact]
    public async Task A_key_comes_from_the_variable_of_the_app_host_where_no_parameter_is_set_and_is_missing_where_neither_is()
    {
        IDistributedApplicationBuilder builder = Create(("OPENAI_API_KEY", OpenAIKey), ("ANTHROPIC_API_KEY", " "));
        IResourceBuilder<RouterGenResource> models = builder.AddRouterGen("models").WithKey("OPENAI_API_KEY").WithKey("ANTHROPIC_API_KEY");
        IResourceBuilder<RouterGenResource> more = builder.AddRouterGen("more").WithKey("OPENAI_API_KEY");

        Assert.Same(models.Resource.Variables["OPENAI_API_KEY"], more.Resource.Variables["OPENAI_API_KEY"]);
        ParameterResource key = Assert.IsType<ParameterResource>(models.Resource.Variables["OPENAI_API_KEY"]);
        Assert.Equal(("openai-api-key", true, "{openai-api-key.value}"), (key.Name, key.Secret, key.ValueExpression));
        Assert.Equal(OpenAIKey, await key.GetValueAsync(CancellationToken.None));
        MissingParameterValueException missing = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await ((ParameterResource)models.Resource.Variables["ANTHROPIC_API_KEY"]).GetValueAsync(CancellationToken.None));
        Assert.Equal("The key of ANTHROPIC_API_KEY is not set: set 'Parameters:anthropic-api-key' in the user secrets of the app host, or ANTHROPIC_API_KEY in its environment.", missing.Message);
    }

    [Fact]
    public async Task A_published_project_gets_the_parameter_and_no_value()
    {
        IDistributedApplicationBuilder builder = Create(["--operation", "publish", "--publisher", "manifest"], ("Parameters:openai-api-key", OpenAIKey));
        IResourceBuilder<RouterGenResource> models = builder.AddRouterGen("models").WithKey("OPENAI_API_KEY");
        IResourceBuilder<ContainerResource> api = builder.AddContainer("api", "api").WithReference(models);

        Dictionary<string, object> environment = await CallbacksOf(builder, api.Resource);

        Assert.True(builder.ExecutionContext.IsPublishMode);
        Assert.Equal("{openai-api-key.value}", Assert.IsAssignableFrom<IManifestExpressionProvider>(environment["OPENAI_API_KEY"]).ValueExpression);
        Assert.Contains(models.Resource.Annotations, static annotation => annotation == ManifestPublishingCallbackAnnotation.Ignore);
    }

    [Fact]
    public async Task The_dashboard_shows_it_running_with_the_names_of_its_variables_alone()
    {
        IDistributedApplicationBuilder builder = Create(("Parameters:openai-api-key", OpenAIKey));
        IResourceBuilder<RouterGenResource> models = builder.AddRouterGen("models").WithKey("OPENAI_API_KEY").WithEndpoint("OPENAI_BASE_URL", new Uri("https://gateway.example"));
        await using DistributedApplication app = builder.Build();
        var notifications = app.Services.GetRequiredService<ResourceNotificationService>();

        await builder.Eventing.PublishAsync(new InitializeResourceEvent(models.Resource, builder.Eventing, app.Services.GetRequiredService<ResourceLoggerService>(), notifications, app.Services), CancellationToken.None);

        Assert.True(notifications.TryGetCurrentState("models", out ResourceEvent? shown));
        Assert.Equal(("RouterGen", KnownResourceStates.Running), (shown.Snapshot.ResourceType, shown.Snapshot.State!.Text));
        Assert.Equal(["Keys: OPENAI_API_KEY", "Settings: OPENAI_BASE_URL"], shown.Snapshot.Properties.Where(static property => property.Name is "Keys" or "Settings").Select(static property => $"{property.Name}: {property.Value}"));
        Assert.DoesNotContain(shown.Snapshot.Properties, static property => $"{property.Value}".Contains("secret", StringComparison.Ordinal));
        Assert.Contains(models.Resource.Annotations.OfType<ResourceRelationshipAnnotation>(), static annotation => annotation.Resource.Name == "openai-api-key");
    }

    [Fact]
    public void What_is_no_name_of_a_variable_is_refused_without_being_told()
    {
        IResourceBuilder<RouterGenResource> models = Create().AddRouterGen("models");

        ArgumentException key = Assert.Throws<ArgumentException>(() => models.WithKey(OpenAIKey));
        Assert.DoesNotContain(OpenAIKey, key.Message);
        Assert.Contains("belongs into a secret parameter", key.Message);
        Assert.Throws<ArgumentException>(() => models.WithKey(""));
        Assert.Throws<ArgumentException>(() => models.WithKey("2ND_KEY"));
        Assert.Throws<ArgumentException>(() => models.WithEndpoint("https://gateway.example", new Uri("https://gateway.example")));
        Assert.Throws<ArgumentException>(() => models.WithEndpoint("OPENAI_BASE_URL", new Uri("gateway", UriKind.Relative)));
    }

    [Fact]
    public void A_key_in_a_parameter_that_is_no_secret_is_refused()
    {
        IDistributedApplicationBuilder builder = Create();

        ArgumentException exception = Assert.Throws<ArgumentException>(() => builder.AddRouterGen("models").WithKey("OPENAI_API_KEY", builder.AddParameter("plain")));

        Assert.Contains("AddParameter(\"plain\", secret: true)", exception.Message);
    }

    private static IDistributedApplicationBuilder Create(params (string Key, string Value)[] configuration) => Create([], configuration);

    private static IDistributedApplicationBuilder Create(string[] args, params (string Key, string Value)[] configuration)
    {
        IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
        builder.Configuration.AddInMemoryCollection(configuration.Select(static one => KeyValuePair.Create(one.Key, (string?)one.Value)));
        return builder;
    }

    private static async Task<Dictionary<string, string>> EnvironmentOf(IDistributedApplicationBuilder builder, IResource resource)
    {
        var result = new Dictionary<string, string>();
        foreach ((string name, object value) in await CallbacksOf(builder, resource)) result[name] = value as string ?? await ((IValueProvider)value).GetValueAsync(CancellationToken.None) ?? "";
        return result;
    }

    private static async Task<Dictionary<string, object>> CallbacksOf(IDistributedApplicationBuilder builder, IResource resource)
    {
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource, [], CancellationToken.None) { Logger = NullLogger.Instance };
        foreach (EnvironmentCallbackAnnotation annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>()) await annotation.Callback(context);
        return context.EnvironmentVariables;
    }
}
