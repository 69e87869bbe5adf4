using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace RouterGen.Aspire.Tests;

/// <summary>The health of the resource is what a project reports.</summary>
public sealed class ReportedHealthTests
{
    [Theory]
    [InlineData(200, "Healthy", HealthStatus.Healthy)]
    [InlineData(200, "Degraded", HealthStatus.Degraded)]
    [InlineData(503, "Unhealthy", HealthStatus.Unhealthy)]
    [InlineData(200, "{\"status\":\"fine\"}", HealthStatus.Healthy)]
    [InlineData(500, "<html>", HealthStatus.Unhealthy)]
    [InlineData(302, "", HealthStatus.Unhealthy)]
    [InlineData(200, "7", HealthStatus.Healthy)]
    public async Task It_is_what_the_endpoint_answers(int status, string body, HealthStatus expected)
    {
        var asked = new List<string>();
        await using WebApplication project = await ServeAsync(status, body, asked);

        HealthReportEntry entry = await CheckAsync(new Uri(project.Urls.Single()).Port);

        Assert.Equal((expected, $"api reports {expected} ({status})."), (entry.Status, entry.Description));
        Assert.Equal(["/ready"], asked);
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_unhealthy()
    {
        int port;
        await using (WebApplication project = await ServeAsync(200, "Healthy", [])) port = new Uri(project.Urls.Single()).Port;

        HealthReportEntry gone = await CheckAsync(port);
        HealthReportEntry unborn = await CheckAsync(port: null);

        Assert.Equal((HealthStatus.Unhealthy, "api could not be asked: HttpRequestException."), (gone.Status, gone.Description));
        Assert.Equal((HealthStatus.Unhealthy, "api has no address yet."), (unborn.Status, unborn.Description));
    }

    private static async Task<WebApplication> ServeAsync(int status, string body, List<string> asked)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.Run(context =>
        {
            asked.Add(context.Request.Path);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<HealthReportEntry> CheckAsync(int? port)
    {
        IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        IResourceBuilder<ContainerResource> api = builder.AddContainer("api", "api").WithHttpEndpoint(targetPort: 80);
        if (port is { } at) api.WithEndpoint("http", endpoint => endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", at));
        IResourceBuilder<RouterGenResource> models = builder.AddRouterGen("models").WithHealthOf(api, "/ready");
        string key = Assert.Single(models.Resource.Annotations.OfType<HealthCheckAnnotation>()).Key;
        await using DistributedApplication app = builder.Build();
        return (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(registration => registration.Name == key)).Entries[key];
    }
}
