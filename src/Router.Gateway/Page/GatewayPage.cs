using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.OpenAIChat;
using RouterGen.Gateway.Page;
using RouterGen.Gateway.Page.Data;
using RouterGen.Gateway.Page.Record;

namespace RouterGen;

/// <summary>Puts the gateway's page for people on an application.</summary>
public static class GatewayPage
{
    /// <summary>
    /// Serves the page of a gateway: what happens now, the state of deployments, figures of a day, the latest requests, keys and budgets, a playground. The page itself is for all; its
    /// data, and what it can do, need the master key, where there is one, or that a person signs in, where the application has an <see cref="IPageSignIn"/>.
    /// </summary>
    /// <param name="endpoints">The application: the gateway's, or another one, such as one that listens on a port for administrators.</param>
    /// <param name="models">The groups of the gateway.</param>
    /// <param name="options">The same options as the gateway's, whose <see cref="GatewayOptions.Page"/> is set: they are how the page knows of the gateway's requests.</param>
    /// <returns>All endpoints of the page.</returns>
    /// <exception cref="ArgumentException"><see cref="GatewayOptions.Page"/> is null; or people sign in and there is no master key, so that all is open anyway.</exception>
    public static IEndpointConventionBuilder MapRouterGenPage(this IEndpointRouteBuilder endpoints, IModelGroups models, GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Page is not { } page) throw new ArgumentException("GatewayOptions.Page is null, so the gateway keeps nothing for the page: set it before the gateway's endpoints are mapped.", nameof(options));
        IPageSignIn? signIn = endpoints.ServiceProvider.GetService<IPageSignIn>();
        if (signIn is not null && options.MasterKey is null) throw new ArgumentException("People sign in to the page, and GatewayOptions.MasterKey is null, so that it is open to all anyway: set the key.", nameof(options));
        RouteGroupBuilder all = endpoints.MapGroup(page.Path);
        var files = new PageFiles();
        all.MapGet("", files.SendIndexAsync);
        all.MapGet("{file}", files.SendAsync);
        MapSession(all, signIn, page.Path);
        MapData(all, models, options, endpoints.ServiceProvider);
        return all;
    }

    private static void MapSession(RouteGroupBuilder all, IPageSignIn? signIn, string path)
    {
        var session = new SessionData(signIn);
        all.MapGet("api/session", PageGuard.OfPage(session.ReadAsync));
        if (signIn is null) return;
        all.MapPost("api/sign-out", PageGuard.OfPage(session.EndAsync));
        all.MapGet("sign-in", PageGuard.OfPage(signIn.BeginAsync));
        signIn.Map(all, path);
    }

    private static void MapData(RouteGroupBuilder all, IModelGroups models, GatewayOptions options, IServiceProvider application)
    {
        var guard = new PageGuard(KeyServices.Of(options, application).Filter, PersonFilter.Of(application), options.TimeProvider);
        PageRecord record = PageRecord.Of(options)!;
        var requests = new RequestData(record);
        var chat = new OpenAIChatDialect(options.TimeProvider);
        var fleet = new FleetData(options.Fleet, record);
        fleet.TellOthers();
        all.MapGet("api/fleet", guard.Guard(fleet.ReadAsync));
        all.MapGet("api/live", guard.Guard(new LiveData(record).ReadAsync));
        all.MapGet("api/deployments", guard.Guard(new DeploymentData(models).ListAsync));
        all.MapPost("api/deployments", guard.Guard(new DeploymentActions(models, options).ActAsync));
        all.MapGet("api/series", guard.Guard(new SeriesData(record).ReadAsync));
        all.MapGet("api/requests", guard.Guard(requests.ListAsync));
        all.MapGet("api/requests/{id}", guard.Guard(requests.ReadAsync));
        all.MapGet("api/graph", guard.Guard(new GraphData(models).ReadAsync));
        RequestDelegate playground = GatewayEndpoints.PipelineOf(options, application).Limited("/playground", new ChatEndpoint(models, chat, options).HandleAsync, chat);
        all.MapPost("api/playground", guard.Guard(record.Content?.Around(playground) ?? playground));
    }
}
