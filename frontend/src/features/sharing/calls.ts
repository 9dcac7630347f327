import { call } from '../../api/client';

type Signal = AbortSignal | undefined;

export const getOwnSharing = (signal?: Signal) => call('get', '/sharing-signals/own', { signal });

export const getSharingSignals = (signal?: Signal) => call('get', '/sharing-signals', { signal });
