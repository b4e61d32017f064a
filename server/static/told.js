/* All that the features of a layer say of themselves. To draw them needs little of it: the rest comes
   when somebody wants to read or to search it. */
(function () {
  'use strict';

  /* Lets every feature of a layer know it; a promise that fails where the server does. */
  marchland.tell = function (config) {
    if (!config.told || config.known) return Promise.resolve();
    config.telling = config.telling || marchland.fetched(config.told).then(function (every) {
      config.known = every;
      marchland.learn(config);
    }).catch(function (error) {
      config.telling = null;
      throw error;
    });
    return config.telling;
  };
})();
