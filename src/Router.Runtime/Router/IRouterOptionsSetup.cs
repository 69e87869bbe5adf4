namespace RouterGen;

/// <summary>
/// What a package or an application adds to the options of each router that takes them from services: <see cref="RouterOptions.FromServices"/> calls those
/// that are registered, in the order of their registration. So a package is used by all classes of model groups without being named by any.
/// </summary>
public interface IRouterOptionsSetup
{
    /// <summary>Changes the options, which hold what was found in the services, and what was set up before. What the application states for one class (<c>AddModels(options => …)</c>) comes after it.</summary>
    /// <param name="options">The options.</param>
    void Configure(RouterOptions options);
}
