using Yarp.ReverseProxy.Configuration;

// YARP with one route and one destination: it hands on all that it gets. Usage: yarp UPSTREAM, with the port in ASPNETCORE_URLS.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([]);
builder.Logging.ClearProviders();
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new RouteMatch { Path = "{**path}" } }],
    [new ClusterConfig { ClusterId = "upstream", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = args[0] } } }]);
WebApplication app = builder.Build();
app.MapReverseProxy();
app.Run();
