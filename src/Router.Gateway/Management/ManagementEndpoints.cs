using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Dialects.OpenAIChat;
using RouterGen.Gateway.Management;

namespace RouterGen;

/// <summary>Puts the endpoints that manage keys on an application: another one than that of the models, on a port that not all can reach.</summary>
public static class ManagementEndpoints
{
    /// <summary>
    /// Serves keys, teams, users, budgets and what they spent, under LiteLLM's names. All need the master key, or that a person signs in (<see cref="IPageSignIn"/>); a virtual key may ask for itself at <c>/key/info</c>. Without a master key all are
    /// answered with 403.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="models">The groups.</param>
    /// <param name="options">The options that <see cref="GatewayEndpoints.MapRouterGen"/> was given: the same object, so that a change to a key holds at once.</param>
    /// <returns>All endpoints, for conventions of the application's own.</returns>
    public static IEndpointConventionBuilder MapRouterGenManagement(this IEndpointRouteBuilder endpoints, IModelGroups models, GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        RouteGroupBuilder all = endpoints.MapGroup("");
        var keys = KeyServices.Of(options, endpoints.ServiceProvider);
        Func<Task> flush = keys.Writer is { } writer ? writer.FlushAsync : static () => Task.CompletedTask;
        ILogger logger = endpoints.ServiceProvider.GetService<ILoggerFactory>()?.CreateLogger("RouterGen.Keys") ?? NullLogger.Instance;
        var map = new ManagementMap(all, new ManagementPipeline(keys, PersonFilter.Of(endpoints.ServiceProvider), options, new OpenAIChatDialect(options.TimeProvider), logger));
        var accounts = new AccountService(options, keys.Registry, flush);
        MapAccounts(map, accounts);
        MapFacts(map, new SpendEndpoints(accounts, flush), new ModelInfoEndpoints(models));
        return all;
    }

    private static void MapAccounts(ManagementMap map, AccountService accounts)
    {
        var keys = new KeyEndpoints(accounts);
        map.Post("/key/generate", keys.GenerateAsync);
        map.Get("/key/info", keys.InfoAsync, ManagementForm.ForOwnKey);
        map.Post("/key/update", keys.UpdateAsync);
        map.Post("/key/delete", keys.DeleteAsync);
        map.Get("/key/list", keys.ListAsync);
        map.Post("/key/block", keys.BlockAsync);
        map.Post("/key/unblock", keys.UnblockAsync);
        map.Post("/key/regenerate", keys.RegenerateAsync);
        map.Post("/key/{key}/regenerate", keys.RegenerateOfPathAsync);
        map.Post("/key/{key}/reset_spend", keys.ResetSpendAsync);
        var teams = new TeamEndpoints(accounts);
        map.Post("/team/new", teams.NewAsync);
        map.Post("/team/update", teams.UpdateAsync);
        map.Get("/team/info", teams.InfoAsync);
        map.Get("/team/list", teams.ListAsync);
        map.Post("/team/delete", teams.DeleteAsync);
        map.Post("/team/block", teams.BlockAsync);
        map.Post("/team/unblock", teams.UnblockAsync);
        map.Post("/team/member_add", teams.AddMembersAsync);
        map.Post("/team/member_update", teams.UpdateMemberAsync);
        map.Post("/team/member_delete", teams.DeleteMemberAsync);
        var users = new UserEndpoints(accounts, keys, teams);
        map.Post("/user/new", users.NewAsync);
        map.Get("/user/info", users.InfoAsync);
        map.Post("/user/update", users.UpdateAsync);
        map.Get("/user/list", users.ListAsync);
        map.Post("/user/delete", users.DeleteAsync);
        var budgets = new BudgetEndpoints(accounts);
        map.Post("/budget/new", budgets.NewAsync);
        map.Post("/budget/update", budgets.UpdateAsync);
        map.Post("/budget/info", budgets.InfoAsync);
        map.Get("/budget/list", budgets.ListAsync);
        map.Post("/budget/delete", budgets.DeleteAsync);
        MapCustomers(map, new CustomerEndpoints(accounts));
        MapOrganizations(map, new OrganizationEndpoints(accounts));
        map.Post("/import/litellm", new ImportEndpoint(accounts).ImportAsync, ManagementForm.Values);
    }

    // LiteLLM has both names for each.
    private static void MapCustomers(ManagementMap map, CustomerEndpoints customers)
    {
        foreach (string name in (string[])["/customer", "/end_user"])
        {
            map.Post(name + "/new", customers.NewAsync);
            map.Post(name + "/update", customers.UpdateAsync);
            map.Get(name + "/info", customers.InfoAsync);
            map.Get(name + "/list", customers.ListAsync);
            map.Post(name + "/delete", customers.DeleteAsync);
            map.Post(name + "/block", customers.BlockAsync);
            map.Post(name + "/unblock", customers.UnblockAsync);
        }
    }

    // LiteLLM's methods, and POST for those that have no others.
    private static void MapOrganizations(ManagementMap map, OrganizationEndpoints organizations)
    {
        map.Post("/organization/new", organizations.NewAsync);
        map.Get("/organization/info", organizations.InfoAsync);
        map.Get("/organization/list", organizations.ListAsync);
        map.Post("/organization/update", organizations.UpdateAsync);
        map.Other(HttpMethods.Patch, "/organization/update", organizations.UpdateAsync);
        map.Post("/organization/delete", organizations.DeleteAsync);
        map.Other(HttpMethods.Delete, "/organization/delete", organizations.DeleteAsync);
        map.Post("/organization/member_add", organizations.AddMembersAsync);
        map.Post("/organization/member_update", organizations.UpdateMemberAsync);
        map.Other(HttpMethods.Patch, "/organization/member_update", organizations.UpdateMemberAsync);
        map.Post("/organization/member_delete", organizations.DeleteMemberAsync);
        map.Other(HttpMethods.Delete, "/organization/member_delete", organizations.DeleteMemberAsync);
    }

    private static void MapFacts(ManagementMap map, SpendEndpoints spend, ModelInfoEndpoints models)
    {
        map.Get("/spend/logs", spend.LogsAsync);
        map.Get("/spend/tags", spend.TagsAsync);
        map.Get("/global/spend/report", spend.ReportAsync);
        map.Get("/model/info", models.DeploymentsAsync);
        map.Get("/v1/model/info", models.DeploymentsAsync);
        map.Get("/model_group/info", models.GroupsAsync);
    }

    private sealed class ManagementMap(IEndpointRouteBuilder endpoints, ManagementPipeline pipeline)
    {
        public void Post(string path, Func<ManagementRequest, Task<Action<Utf8JsonWriter>>> handle, ManagementForm form = default) => endpoints.MapPost(path, pipeline.Around(path, handle, form));

        public void Other(string method, string path, Func<ManagementRequest, Task<Action<Utf8JsonWriter>>> handle) => endpoints.MapMethods(path, [method], pipeline.Around(path, handle));

        public void Get(string path, Func<ManagementRequest, Task<Action<Utf8JsonWriter>>> handle, ManagementForm form = default) => endpoints.MapGet(path, pipeline.Around(path, handle, form));
    }
}
