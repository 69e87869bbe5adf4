using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RouterGen.Infrastructure;

/// <summary>Registers a class of model groups with a service collection. Called by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupServices
{
    /// <summary>Adds a class as a singleton, unless that was done before, and what changes its options, which comes after what was added so far.</summary>
    /// <typeparam name="TClass">The class.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="configure">Changes the options; null where nothing is to be changed.</param>
    /// <returns>Whether it was added now, so that its groups are still to be.</returns>
    public static bool TryAdd<TClass>(IServiceCollection services, Func<RouterOptions, TClass> create, Action<IServiceProvider, RouterOptions>? configure)
        where TClass : class
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null) services.AddSingleton(new Change<TClass>(configure));
        if (services.Any(static service => service.ServiceType == typeof(Registered<TClass>))) return false;
        services.AddSingleton(new Registered<TClass>());
        services.AddSingleton(provider =>
        {
            var options = RouterOptions.FromServices(provider);
            foreach (Change<TClass> change in provider.GetServices<Change<TClass>>()) change.Apply(provider, options);
            return create(options);
        });
        return true;
    }

    /// <summary>Adds a group of a class: as its own type, as a <see cref="ModelGroup"/>, and under its name as what its kind of call is asked through.</summary>
    /// <typeparam name="TClass">The class.</typeparam>
    /// <typeparam name="TGroup">The group.</typeparam>
    /// <typeparam name="TKind">The base class of the groups of its kind.</typeparam>
    /// <typeparam name="TService">The framework's interface for its kind; where there is none, <typeparamref name="TKind"/>.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The group's name.</param>
    /// <param name="find">Gets the group of the class.</param>
    /// <param name="isOnly">Whether the class has no other group of the kind: then it needs no name, unless something is registered without one already.</param>
    public static void AddGroup<TClass, TGroup, TKind, TService>(IServiceCollection services, string name, Func<TClass, TGroup> find, bool isOnly)
        where TClass : class
        where TGroup : TKind, TService
        where TKind : ModelGroup
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(services);
        TGroup Group(IServiceProvider provider) => find(provider.GetRequiredService<TClass>());
        services.AddSingleton(typeof(TGroup), provider => Group(provider));
        services.AddSingleton<ModelGroup>(Group);
        Add<TKind>(services, name, Group, isOnly);
        if (typeof(TService) != typeof(TKind)) Add<TService>(services, name, Group, isOnly);
    }

    private static void Add<TService>(IServiceCollection services, string name, Func<IServiceProvider, TService> group, bool isOnly)
        where TService : class
    {
        services.AddKeyedSingleton(name, (provider, _) => group(provider));
        if (isOnly) services.TryAddSingleton(group);
    }

    private sealed class Registered<TClass>;

    private sealed class Change<TClass>(Action<IServiceProvider, RouterOptions> configure)
    {
        public void Apply(IServiceProvider provider, RouterOptions options) => configure(provider, options);
    }
}
