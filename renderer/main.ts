// The page starts here: one app on the body, talking to whichever host opened it.
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './host.ts';

mount(App, { target: document.body, props: { host: connect() } });
