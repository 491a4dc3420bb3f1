// The package ships no types. Only what Parley calls is declared, where it is called.
declare module 'react-server-dom-webpack/server.edge'
declare module 'react-server-dom-webpack/client.browser'
declare module 'react-server-dom-webpack/client.edge'
